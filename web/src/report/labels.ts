// Names things in the language shown: figures, categories, counterparties, currencies.
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Fact } from '../api/types';
import { useFormat, useLanguage } from '../format/useFormat';
import { useReport } from './context';

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

/** A counterparty's name by the key that the facts use: the rows know how it is written. */
export function useCounterpartyName(): (key: string) => string {
  const { facts, rows } = useReport();
  return useCallback(
    (key) => {
      for (const metric of ['money_out', 'money_in']) {
        const found = facts.withDimension(metric, 'counterparty', key);
        const first = found?.lineage?.rows[0];
        const name = first && rows.within([{ first: first.first, last: first.first }])[0]?.counterparty;
        if (name) return name;
      }
      return key;
    },
    [facts, rows],
  );
}

const METRICS = [
  'transactions',
  'money_in',
  'money_out',
  'net',
  'opening_balance',
  'closing_balance',
  'balance',
  'month',
] as const;

/** A figure's name with where it is measured: "Money out, Groceries". */
export function useFactLabel(): (fact: Fact) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const category = useCategoryName();
  const name = useCounterpartyName();
  return useCallback(
    (fact) => {
      const metric = METRICS.find((name) => name === fact.metric);
      const { month, category: key, counterparty } = fact.dimensions;
      const parts = [
        metric && t(`report.metric.${metric}`),
        month && format.month(month),
        key && category(key),
        counterparty !== undefined && (name(counterparty) || t('report.counterparties.unnamed')),
      ];
      return parts.filter(Boolean).join(', ');
    },
    [t, format, category, name],
  );
}

/** The value as the language writes it. */
export function useFactValue(): (fact: Fact) => string {
  const format = useFormat();
  return useCallback(
    (fact) => {
      if (fact.money) return format.money(fact.money);
      if (fact.count !== undefined) return format.integer(fact.count);
      if (fact.ratio !== undefined) return format.percent(fact.ratio);
      if (fact.date !== undefined) return format.longDay(fact.date);
      if (fact.month !== undefined) return format.month(fact.month);
      return fact.name ?? '';
    },
    [format],
  );
}
