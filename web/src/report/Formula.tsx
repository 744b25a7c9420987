// How a figure follows from others, each of which opens in its turn.
import { useTranslation } from 'react-i18next';
import type { Fact } from '../api/types';
import { useFormat } from '../format/useFormat';
import type { en } from '../i18n/en';
import { useReport } from './context';
import { Details } from './Details';
import css from './Formula.module.css';
import { useFactLabel, useFactValue } from './labels';

/** The formulas of the report in words. */
const FORMULAS: Record<string, keyof typeof en.report.rows.formula> = {
  '-sum(amount)': 'out',
  'forecast(months)': 'forecast',
  constant: 'constant',
  'count(rows)': 'countRows',
  'sum(facts)': 'sum',
  'money_in - money_out': 'net',
  'average_month_in - average_month_out': 'averageNet',
  'later - earlier': 'change',
  'all - own transfers': 'external',
  '(later - earlier) / earlier': 'changeShare',
  'part / whole': 'share',
  'sum(facts) / count(facts)': 'average',
  'closing_balance / -average_month_net': 'runway',
  'min(date)': 'first',
  'max(date)': 'last',
  'months(first_date, last_date)': 'months',
  'count(facts)': 'count',
  'count(net < 0)': 'negative',
  'month of the largest': 'largestMonth',
  'month of the fact': 'monthOf',
  'counterparty of the largest': 'largestCounterparty',
  amount: 'amount',
  '-amount': 'negated',
  date: 'date',
  counterparty: 'counterparty',
  'median(|amount|)': 'median',
  '|amount| / usual': 'times',
  '5th percentile(|amount|)': 'least',
  '95th percentile(|amount|)': 'most',
  month: 'monthOfRows',
  'median(-sum(amount) by month)': 'medianMonth',
  category: 'category',
  'usual gap': 'cadence',
  'date + usual gap': 'due',
  'gaps on time / gaps': 'onTime',
  'amount * times a year': 'aYear',
  'sum(balance)': 'balance',
  'sum(balance - amount)': 'balanceBefore',
  'opening_balance of a period': 'endBefore',
  'closing_balance of a period': 'endOf',
  stated: 'stated',
  'counted while reading': 'read',
  'stated - computed': 'missing',
  booked: 'booked',
  'credits - debits of income accounts': 'income',
  'debits - credits of expense accounts': 'expenses',
  'income - expenses': 'profit',
};

/** More parts than this are folded away. */
const FEW = 3;

/** More parts than this are left to the report's own tables. */
const MOST = 36;

export function Formula({ fact }: { fact: Fact }) {
  const { t } = useTranslation();
  const { facts } = useReport();
  const format = useFormat();
  const formula = fact.lineage?.formula ?? '';
  const parts = facts.partsOf(fact.id);
  const words = t(`report.rows.formula.${FORMULAS[formula] ?? 'other'}`, { formula });
  if (parts.length > FEW && parts.length <= MOST) {
    return (
      <div className={css.formula}>
        <Details summary={`${words.replace(/\.$/, '')} (${format.integer(parts.length)})`}>
          <Parts parts={parts} />
        </Details>
      </div>
    );
  }
  return (
    <div className={css.formula}>
      <p className="muted">{words}</p>
      {parts.length <= FEW && <Parts parts={parts} />}
    </div>
  );
}

function Parts({ parts }: { parts: Fact[] }) {
  const { open } = useReport();
  const label = useFactLabel();
  const value = useFactValue();
  return (
    <ul className={css.parts}>
      {parts.map((part) => (
        <li key={part.id}>
          <span className="muted">{label(part)}</span>
          <button type="button" className="open num" onClick={() => open({ kind: 'fact', fact: part })}>
            {value(part)}
          </button>
        </li>
      ))}
    </ul>
  );
}
