// Names a period: "March 2025", "Q1 2025", "2025", "January – April 2025".
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../format/useFormat';
import { kindOf, quarterOf, type Span } from './span';

export function useSpanName(): (span: Span) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return useCallback(
    (span) => {
      const kind = kindOf(span);
      const year = span.first.slice(0, 4);
      if (kind === 'month') return format.month(span.first);
      if (kind === 'quarter') return t('period.quarter', { quarter: quarterOf(span), year });
      return kind === 'year' ? year : format.months(span.first, span.last);
    },
    [t, format],
  );
}
