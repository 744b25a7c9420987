// The first entries of a long list, and the rest on demand; on paper all of them.
import { useState } from 'react';
import { usePrinting } from './printing';

/** Fewer than this are not worth a button. */
const FEW = 3;

interface First<T> {
  shown: T[];
  /** How many the button would add; 0 where no button is needed. */
  hidden: number;
  all: boolean;
  toggle: () => void;
}

export function useFirst<T>(entries: T[], first: number): First<T> {
  const [chosen, setAll] = useState(false);
  const all = usePrinting() || chosen;
  const hidden = entries.length - first < FEW ? 0 : entries.length - first;
  return { shown: all || hidden === 0 ? entries : entries.slice(0, first), hidden, all, toggle: () => setAll(!chosen) };
}
