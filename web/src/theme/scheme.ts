// Light, dark or as the system: remembered, and followed when the system changes.
import { isMantineColorScheme, type MantineColorSchemeManager } from '@mantine/core';

const KEY = 'saldo.scheme';

/** The same key is read by the script that runs before the first paint. */
export function schemeManager(): MantineColorSchemeManager {
  return {
    get: (otherwise) => {
      try {
        const kept = localStorage.getItem(KEY);
        return isMantineColorScheme(kept) ? kept : otherwise;
      } catch {
        return otherwise;
      }
    },
    set: (scheme) => {
      try {
        localStorage.setItem(KEY, scheme);
      } catch {
        // Storage is closed to this page: the choice lasts until it is left.
      }
    },
    subscribe: () => {},
    unsubscribe: () => {},
    clear: () => {
      try {
        localStorage.removeItem(KEY);
      } catch {
        // Nothing was kept.
      }
    },
  };
}
