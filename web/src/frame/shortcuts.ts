// Single keys that act on the whole page. They can be switched off, for readers whose speech or hand types them unmeant
// (WCAG 2.2, 2.1.4).
import { useEffect, useRef, useSyncExternalStore } from 'react';

const KEY = 'saldo.keys';
const listeners = new Set<() => void>();
let on = recall();

/** Whether single keys act, and how to say so. */
export function useSingleKeys(): [boolean, (on: boolean) => void] {
  return [useSyncExternalStore(subscribe, () => on), change];
}

/**
 * Acts when the key is pressed and nobody is typing. A key of the page rests while a dialog is open.
 * `key` is what the key writes, or for a letter the place that it has on a Latin keyboard.
 */
export function useShortcut(key: string, act: (() => void) | undefined, of: 'page' | 'dialog' = 'page'): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (!on || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key !== key && event.code !== `Key${key.toUpperCase()}`) return;
      if (!latest.current || types(event.target)) return;
      if (of === 'page' && document.querySelector('dialog[open], [aria-modal="true"]')) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [key, of]);
}

function types(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['radio', 'checkbox', 'button', 'submit'].includes(target.type);
  return target.isContentEditable || ['TEXTAREA', 'SELECT'].includes(target.tagName);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function change(next: boolean): void {
  on = next;
  try {
    if (next) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, 'off');
  } catch {
    // Storage is closed to this page: the choice lasts until it is left.
  }
  for (const listener of listeners) listener();
}

function recall(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'off';
  } catch {
    return true;
  }
}
