// Whether the page is being printed: then everything is unfolded, in light colours.
import { useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';

/** The events tell a print before it begins; the medium tells one that has none, such as a preview. */
const paper = globalThis.matchMedia?.('print');
const follow = ({ matches }: MediaQueryListEvent) => (matches ? begin() : end());

const listeners = new Set<() => void>();
let printing = false;
/** The colours to go back to. */
let scheme: string | undefined;

export function usePrinting(): boolean {
  return useSyncExternalStore(subscribe, () => printing);
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
    paper?.addEventListener('change', follow);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    window.removeEventListener('beforeprint', begin);
    window.removeEventListener('afterprint', end);
    paper?.removeEventListener('change', follow);
  };
}

function begin(): void {
  if (printing) return;
  const { dataset } = document.documentElement;
  scheme = dataset.mantineColorScheme;
  dataset.mantineColorScheme = 'light';
  change(true);
}

function end(): void {
  if (!printing) return;
  if (scheme) document.documentElement.dataset.mantineColorScheme = scheme;
  change(false);
}

/** Drawn before the event ends: the browser prints what it finds then. */
function change(next: boolean): void {
  printing = next;
  flushSync(() => {
    for (const listener of listeners) listener();
  });
}
