// A list of the browser's own, which every keyboard and every phone knows.
import { type ReactNode, useId } from 'react';
import css from './Select.module.css';

interface Props {
  label: string;
  /** Whether the label is for screen readers only. */
  aside?: boolean;
  value: string;
  onChange: (value: string) => void;
  /** The options. */
  children: ReactNode;
}

export function Select({ label, aside = false, value, onChange, children }: Props) {
  const id = useId();
  return (
    <span className={css.field}>
      <label className={aside ? 'aside' : css.label} htmlFor={id}>
        {label}
      </label>
      <select id={id} className={css.select} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {children}
      </select>
    </span>
  );
}
