// The heading of a screen that has just replaced another: it takes the focus, so that a reader hears where they are.
import { type ReactNode, useEffect, useRef } from 'react';
import css from './Heading.module.css';

export function Heading({ children }: { children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <h1 ref={heading} className={css.heading} tabIndex={-1}>
      {children}
    </h1>
  );
}
