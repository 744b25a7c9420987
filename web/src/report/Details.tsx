// Something to unfold, such as the table behind a chart.
import { type ReactNode, useState } from 'react';
import { Icon } from '../frame/Icon';
import { usePrinting } from './printing';
import css from './Report.module.css';

export function Details({ summary, children }: { summary: string; children: ReactNode }) {
  const printing = usePrinting();
  const [open, setOpen] = useState(false);
  return (
    <details
      className={css.details}
      open={printing || open}
      onToggle={(event) => !printing && setOpen(event.currentTarget.open)}
    >
      <summary>
        <Icon name="chevron" size={16} />
        {summary}
      </summary>
      {children}
    </details>
  );
}
