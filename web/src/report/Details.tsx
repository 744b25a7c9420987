// Something to unfold, such as the table behind a chart.
import type { ReactNode } from 'react';
import { Icon } from '../frame/Icon';
import css from './Report.module.css';

export function Details({ summary, children }: { summary: string; children: ReactNode }) {
  return (
    <details className={css.details}>
      <summary>
        <Icon name="chevron" size={16} />
        {summary}
      </summary>
      {children}
    </details>
  );
}
