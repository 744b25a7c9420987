// A wide table on a narrow screen: scrolled by touch, by pointer and by keyboard.
import type { ReactNode } from 'react';
import css from './Report.module.css';

export function Scroll({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div className={css.scroll} role="group" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
