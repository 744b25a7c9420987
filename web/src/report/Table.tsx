// A table of the report. On a phone a row of many columns becomes a block that names each of its values.
import type { CSSProperties, ReactNode } from 'react';
import type { Fact } from '../api/types';
import { FactLink } from './FactLink';
import css from './Table.module.css';

export interface Heading {
  name: string;
  /** A column of figures, which end under each other. */
  end?: boolean;
  /** For screen readers only. */
  aside?: boolean;
}

interface Props {
  label: string;
  headings: readonly Heading[];
  /** The rows of the body. */
  children: ReactNode;
}

/** More columns than a phone has room for beside a name. */
const WIDE = 3;

export function Table({ label, headings, children }: Props) {
  const blocks = headings.length < WIDE ? undefined : headings.some(({ end }) => end) ? 'figures' : 'words';
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div className={css.frame} role="group" aria-label={label} tabIndex={0}>
      <table className={css.table} data-blocks={blocks} style={blocks ? named(headings) : undefined}>
        <thead>
          <tr>
            {headings.map(({ name, end, aside }) => (
              <th key={name} scope="col" className={end ? css.end : undefined}>
                {aside ? <span className="aside">{name}</span> : name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

/** The names of the columns for the style sheet, which writes them before the values where the headings are not seen. */
function named(headings: readonly Heading[]): CSSProperties {
  return Object.fromEntries(headings.map(({ name }, at) => [`--column-${at + 1}`, JSON.stringify(name)]));
}

/** What a row is about. */
export function Name({ children }: { children: ReactNode }) {
  return (
    <th scope="row" className={css.name}>
      {children}
    </th>
  );
}

/** A cell whose content ends under the one above it. */
export function End({ children }: { children: ReactNode }) {
  return <td className={css.end}>{children}</td>;
}

/** A figure that opens its rows, or a dash. */
export function Figure({ fact }: { fact: Fact | undefined }) {
  return <End>{fact ? <FactLink fact={fact} /> : <Nothing />}</End>;
}

export function Nothing() {
  return <span className={css.nothing}>{'\u2013'}</span>;
}
