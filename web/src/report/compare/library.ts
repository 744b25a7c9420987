// Where another report to compare with comes from: this browser, or the server that keeps analyses.
import { useMemo } from 'react';
import type { Opened } from '../../kept/pack';
import { keyOf, reopen } from '../../kept/store';
import { useKept } from '../../kept/useKept';

export interface Library {
  /** Reports to choose from. */
  choices: readonly Choice[];
  /** Undefined where it is not there any more. */
  open(id: string, signal: AbortSignal): Promise<Opened | undefined>;
  /** Whether a file of this device may be analysed to be compared. */
  takesFiles: boolean;
}

export interface Choice {
  id: string;
  name: string;
  /** First and last day, ISO 8601; empty where there are none. */
  from: string;
  to: string;
}

/** The reports that this browser keeps, but for the one that is shown. */
export function useBrowserLibrary(mine: Opened): Library {
  const { list } = useKept();
  return useMemo(() => {
    const own = keyOf(mine);
    return { choices: list.filter(({ key }) => key !== own), open: reopen, takesFiles: true };
  }, [list, mine]);
}
