// A figure that opens the rows behind it.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Fact } from '../api/types';
import { useReport } from './context';
import { useFactLabel, useFactValue } from './labels';

/** Figures of the reading itself: what explains them stands at the end of the report. */
const QUALITY = new Set(['rows_read', 'recognized_rows', 'rejected_rows', 'missing_amount', 'missing_line']);

interface Props {
  fact: Fact | undefined;
  /** Shown instead of the fact's own value, such as a sentence's words. */
  children?: ReactNode;
  className?: string | undefined;
}

export function FactLink({ fact, children, className = '' }: Props) {
  const { t } = useTranslation();
  const { open } = useReport();
  const label = useFactLabel();
  const value = useFactValue();
  if (!fact) {
    return <span className={className}>{children ?? '\u2013'}</span>;
  }
  const isName = fact.name !== undefined;
  return (
    <button
      type="button"
      className={`open ${isName ? 'words' : 'num'} ${className}`}
      data-fact={fact.id}
      title={t('report.openRowsOf', { label: label(fact) })}
      onClick={() => (QUALITY.has(fact.metric) ? showQuality() : open({ kind: 'fact', fact }))}
    >
      {children ?? value(fact)}
    </button>
  );
}

function showQuality(): void {
  const section = document.getElementById('quality');
  section?.scrollIntoView();
  section?.focus({ preventScroll: true });
}
