// A figure that opens the rows behind it.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Fact } from '../api/types';
import { useReport } from './context';
import { useFactLabel, useFactValue } from './labels';

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
  return (
    <button
      type="button"
      className={`open num ${className}`}
      data-fact={fact.id}
      title={t('report.openRowsOf', { label: label(fact) })}
      onClick={() => open({ kind: 'fact', fact })}
    >
      {children ?? value(fact)}
    </button>
  );
}
