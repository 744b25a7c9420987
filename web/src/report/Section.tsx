// A section of the report under its heading.
import type { ReactNode } from 'react';
import css from './Report.module.css';

interface Props {
  /** Of the heading, and so of links to it. */
  id: string;
  title: string;
  /** What the section is, where its title says what was found. */
  eyebrow?: string;
  children: ReactNode;
}

export function Section({ id, title, eyebrow, children }: Props) {
  return (
    <section className={css.section} aria-labelledby={id}>
      {eyebrow && <p className={css.eyebrow}>{eyebrow}</p>}
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}
