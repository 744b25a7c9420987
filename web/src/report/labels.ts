// Names things in the language shown: figures, categories, counterparties, currencies.
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Fact } from '../api/types';
import type { Format } from '../format/format';
import { useFormat, useLanguage } from '../format/useFormat';
import { useReport } from './context';
import { useSpanName } from './period/useSpanName';
import type { Entry } from './rows';

export function useCategoryName(): (key: string) => string {
  const { report } = useReport();
  const language = useLanguage();
  return useCallback(
    (key) => {
      const names = report.categories.find((category) => category.key === key)?.names;
      return names?.[language] ?? names?.en ?? key;
    },
    [report, language],
  );
}

const REASONS = ['corrected', 'file', 'rule', 'transfer', 'learned'] as const;

/** Why a row has its category; nothing where it has none. */
export function useReason(): (entry: Entry, format: Format) => string {
  const { t } = useTranslation();
  return useCallback(
    ({ categoryReason, categoryConfidence }, format) => {
      const reason = REASONS.find((known) => known === categoryReason);
      const confidence = categoryConfidence > 0 ? format.wholePercent(categoryConfidence) : '';
      return reason ? [t(`report.rows.reason.${reason}`), confidence].filter(Boolean).join(', ') : '';
    },
    [t],
  );
}

/** A figure's name with where it is measured: "Money out, Groceries, March 2025". */
export function useFactLabel(): (fact: Fact) => string {
  const { t, i18n } = useTranslation();
  const { span } = useReport();
  const format = useFormat();
  const category = useCategoryName();
  const spanName = useSpanName();
  return useCallback(
    (fact) => {
      const { month, day, category: key, counterparty, recurring, account } = fact.dimensions;
      const parts = [
        i18n.exists(`report.metric.${fact.metric}`) && String(t(`report.metric.${fact.metric}` as never)),
        month ? format.month(month) : day ? format.day(day) : undefined,
        key && category(key),
        recurring,
        counterparty !== undefined && (counterparty || t('report.counterparties.unnamed')),
        account,
        span && !month && !day && spanName(span),
      ];
      return parts.filter(Boolean).join(', ');
    },
    [t, i18n, span, format, category, spanName],
  );
}

const CADENCES = ['weekly', 'fortnightly', 'monthly', 'quarterly', 'yearly'] as const;

/** How often a series of payments comes. */
export function useCadence(): (fact: Fact) => string {
  const { t } = useTranslation();
  return useCallback(
    (fact) => {
      const cadence = CADENCES.find((known) => known === fact.name);
      return cadence ? t(`report.recurring.cadence.${cadence}`) : (fact.name ?? '');
    },
    [t],
  );
}

/** Figures that may go either way say which way they went. */
const SIGNED = new Set([
  'net',
  'forecast_net',
  'forecast_net_low',
  'forecast_net_high',
  'average_month_net',
  'net_change',
  'money_in_change',
  'money_out_change',
]);

/** The value as the language writes it. */
export function useFactValue(): (fact: Fact) => string {
  const format = useFormat();
  const cadence = useCadence();
  return useCallback(
    (fact) => {
      if (fact.metric === 'cadence') return cadence(fact);
      if (fact.money) return format.money(fact.money, { sign: SIGNED.has(fact.metric) });
      if (fact.count !== undefined) return format.integer(fact.count);
      if (fact.ratio !== undefined) return format.percent(fact.ratio);
      if (fact.number !== undefined) return format.number(fact.number);
      if (fact.date !== undefined) return format.day(fact.date);
      if (fact.month !== undefined) return format.month(fact.month);
      return fact.name ?? '';
    },
    [format, cadence],
  );
}
