// The figures of the whole file, one line of them for each currency.
import { useTranslation } from 'react-i18next';
import type { Fact } from '../api/types';
import { useFormat } from '../format/useFormat';
import { useReport } from './context';
import { FactLink } from './FactLink';
import css from './Figures.module.css';

const METRICS = ['money_in', 'money_out', 'net', 'opening_balance', 'closing_balance', 'transactions'] as const;

export function Figures({ currencies }: { currencies: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <section aria-labelledby="figures" className={css.section}>
      <h2 id="figures" className="aside">
        {t('report.figures')}
      </h2>
      {currencies.map((currency) => (
        <Line key={currency} currency={currency} named={currencies.length > 1} />
      ))}
      <Unproved />
    </section>
  );
}

function Line({ currency, named }: { currency: string; named: boolean }) {
  const { t } = useTranslation();
  const { facts } = useReport();
  const format = useFormat();
  const shown = METRICS.map((metric) => [metric, facts.find(metric, { currency })] as const).filter(
    (pair): pair is [(typeof METRICS)[number], Fact] => pair[1] !== undefined,
  );
  return (
    <div className={css.line}>
      {(named || currency === '') && (
        <h3 className={css.currency}>
          {currency ? `${currency} \u00b7 ${format.currencyName(currency)}` : t('report.unknownCurrency')}
        </h3>
      )}
      {shown.length === 0 && <p className="muted">{t('period.nothing')}</p>}
      <dl className={css.figures}>
        {shown.map(([metric, fact]) => (
          <div key={metric} className={css.figure}>
            <dt>{t(`report.metric.${metric}`)}</dt>
            <dd>
              <FactLink fact={fact} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** A figure that could not be proved says so next to it. */
function Unproved() {
  const { t } = useTranslation();
  const { report } = useReport();
  const format = useFormat();
  const proof = report.quality?.proof;
  if (proof?.status !== 'STATUS_NOT_RECONCILED' || !proof.missing) return null;
  return (
    <p className={css.unproved}>{t('report.unproved', { amount: format.money(proof.missing, { sign: true }) })}</p>
  );
}
