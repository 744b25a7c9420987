// The report as a document: sentences, figures, charts, details, and how far to trust them.
import './print.css';
import { Button } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Hints, Report } from '../api/types';
import { Kept } from '../corrections/Kept';
import { type Correction, corrected, corrections, keep } from '../corrections/list';
import { useFileDrop } from '../drop/useFileDrop';
import type { Source } from '../session/run';
import { Accounts } from './Accounts';
import { Balance } from './Balance';
import { CashFlow } from './CashFlow';
import { Categories } from './Categories';
import { Counterparties } from './Counterparties';
import { CurrencyChoice } from './CurrencyChoice';
import { Compare } from './compare/Compare';
import { ReportContext, type ReportData } from './context';
import { dataOf, periodOf } from './data';
import { Figures } from './Figures';
import { Findings } from './Findings';
import { Forecast } from './Forecast';
import { Facts, monthsOf } from './facts';
import { Intro } from './Intro';
import { PeriodPicker } from './period/PeriodPicker';
import type { Span } from './period/span';
import { useSpanName } from './period/useSpanName';
import { Quality } from './Quality';
import { Recurring } from './Recurring';
import css from './Report.module.css';
import { type OpenedIn, RowsDrawer } from './RowsDrawer';
import type { Rows } from './rows';

interface Props {
  report: Report;
  rows: Rows;
  /** The files and what was said of them; a report that was kept has none any more. */
  source: Source | undefined;
  /** Analyses the files again, with the corrections as they are then and these hints, if there are others. */
  onAgain: ((hints?: Hints) => void) | undefined;
}

export default function ReportPage({ report, rows, source, onAgain }: Props) {
  const { t } = useTranslation();
  const [span, setSpan] = useState<Span>();
  const [comparing, setComparing] = useState<{ files?: File[] }>();
  const [opened, setOpened] = useState<OpenedIn>();
  const whole = useMemo(() => {
    const correct = (one: Correction) => {
      keep(corrected(corrections(), one));
      onAgain?.();
    };
    const facts = new Facts(report);
    return dataOf({ report, facts, rows, source, correct: onAgain && correct, readAgain: onAgain }, setOpened);
  }, [report, rows, source, onAgain]);
  const currencies = useMemo(() => whole.facts.currencies(), [whole]);
  const months = useMemo(() => monthsOf(whole.facts), [whole]);
  // Another file that is dropped here is compared with this one.
  const over = useFileDrop(useCallback((files: File[]) => setComparing({ files }), []));

  return (
    <ReportContext value={whole}>
      <article className={css.report}>
        <Intro brief={comparing !== undefined} />
        <div className={css.toolbar} data-screen>
          {months.length > 1 && !comparing && <PeriodPicker months={months} span={span} onSpan={setSpan} />}
          <Button variant="default" size="md" onClick={() => setComparing(comparing ? undefined : {})}>
            {t(comparing ? 'compare.close' : 'compare.open')}
          </Button>
          <Button variant="default" size="md" onClick={() => window.print()}>
            {t('report.print')}
          </Button>
        </div>
        {over && <p className={css.drop}>{t('compare.drop')}</p>}
        {comparing ? (
          <Compare whole={whole} span={span} files={comparing.files} show={setOpened} />
        ) : (
          <Sections whole={whole} span={span} currencies={currencies} show={setOpened} />
        )}
        {!comparing && <Quality />}
        {!comparing && <Kept {...(onAgain && { onChange: () => onAgain() })} />}
      </article>
      <RowsDrawer opened={opened} onClose={() => setOpened(undefined)} />
    </ReportContext>
  );
}

interface SectionsProps {
  whole: ReportData;
  span: Span | undefined;
  currencies: readonly string[];
  show: (opened: OpenedIn) => void;
}

/** Figures, charts and tables of the period, then what is told of the whole file only. */
function Sections({ whole, span, currencies, show }: SectionsProps) {
  const { t } = useTranslation();
  const [chosen, setCurrency] = useState<string>();
  const { data, complete } = useMemo(() => periodOf(whole, span, show), [whole, span, show]);
  const spanName = useSpanName();
  const currency = chosen ?? currencies[0];
  return (
    <>
      {span && (
        <p className={css.note} data-paper>
          {t('period.label')}: {spanName(span)}
        </p>
      )}
      <ReportContext value={data}>
        <Figures currencies={currencies} />
        <CurrencyChoice currencies={currencies} currency={currency} onCurrency={setCurrency} />
        {currency !== undefined && (
          <>
            <CashFlow currency={currency} />
            <Balance currency={currency} />
          </>
        )}
      </ReportContext>
      {!complete && <p className={css.note}>{t('period.incomplete')}</p>}
      {currency !== undefined && (
        <ReportContext value={complete ? data : whole}>
          <Categories currency={currency} />
          <Counterparties key={currency} currency={currency} />
          <Accounts key={`accounts ${currency}`} currency={currency} />
        </ReportContext>
      )}
      {span && <p className={css.note}>{t('period.rest')}</p>}
      {currency !== undefined && (
        <>
          <Recurring currency={currency} />
          <Forecast key={`forecast ${currency}`} currency={currency} />
        </>
      )}
      <Findings />
    </>
  );
}
