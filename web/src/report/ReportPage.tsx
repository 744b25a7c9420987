// The report as a document: sentences, figures, charts, details, and how far to trust them.
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Report } from '../api/types';
import { Kept } from '../corrections/Kept';
import { type Correction, corrected, corrections, keep } from '../corrections/list';
import { Accounts } from './Accounts';
import { Balance } from './Balance';
import { CashFlow } from './CashFlow';
import { Categories } from './Categories';
import { Counterparties } from './Counterparties';
import { ReportContext } from './context';
import { Figures } from './Figures';
import { Findings } from './Findings';
import { Facts } from './facts';
import { Intro } from './Intro';
import { Quality } from './Quality';
import { Recurring } from './Recurring';
import css from './Report.module.css';
import { type Opened, RowsDrawer } from './RowsDrawer';
import type { Rows } from './rows';

interface Props {
  report: Report;
  rows: Rows;
  /** Analyses the files again, with the corrections as they are then; absent where the files are not here any more. */
  onAgain: (() => void) | undefined;
}

export default function ReportPage({ report, rows, onAgain }: Props) {
  const { t } = useTranslation();
  const facts = useMemo(() => new Facts(report), [report]);
  const currencies = useMemo(() => facts.currencies(), [facts]);
  const [chosen, setCurrency] = useState<string>();
  const [opened, setOpened] = useState<Opened>();
  const currency = chosen ?? currencies[0];
  const context = useMemo(() => {
    const correct = (one: Correction) => {
      keep(corrected(corrections(), one));
      onAgain?.();
    };
    return { report, facts, rows, open: setOpened, ...(onAgain && { correct }) };
  }, [report, facts, rows, onAgain]);

  return (
    <ReportContext value={context}>
      <article className={css.report}>
        <Intro />
        <Figures currencies={currencies} />
        {currencies.length > 1 && (
          <fieldset className={css.currencies}>
            <legend className={css.legend}>{t('report.currency')}</legend>
            {currencies.map((one) => (
              <label key={one} className={css.currency}>
                <input
                  className="aside"
                  type="radio"
                  name="currency"
                  checked={one === currency}
                  onChange={() => setCurrency(one)}
                />
                {one || t('report.unknownCurrency')}
              </label>
            ))}
          </fieldset>
        )}
        {currency !== undefined && (
          <>
            <CashFlow currency={currency} />
            <Balance currency={currency} />
            <Categories currency={currency} />
            <Counterparties key={currency} currency={currency} />
            <Recurring currency={currency} />
            <Accounts key={`accounts ${currency}`} currency={currency} />
          </>
        )}
        <Findings />
        <Quality />
        <Kept {...(onAgain && { onChange: onAgain })} />
      </article>
      <RowsDrawer opened={opened} onClose={() => setOpened(undefined)} />
    </ReportContext>
  );
}
