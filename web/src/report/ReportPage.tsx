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
import { type Library, useBrowserLibrary } from './compare/library';
import { ReportContext, type ReportData } from './context';
import { dataOf, periodOf } from './data';
import { Figures } from './Figures';
import { Findings } from './Findings';
import { Forecast } from './Forecast';
import { Facts, monthsOf } from './facts';
import { Intro } from './Intro';
import { NoTransactions } from './NoTransactions';
import { PeriodPicker } from './period/PeriodPicker';
import type { Span } from './period/span';
import { useSpanName } from './period/useSpanName';
import { usePrinting } from './printing';
import { Quality } from './Quality';
import { Recurring } from './Recurring';
import css from './Report.module.css';
import { type OpenedIn, RowsDrawer } from './RowsDrawer';
import type { Rows } from './rows';
import { Summary } from './Summary';

interface Props {
  report: Report;
  rows: Rows;
  /** The files and what was said of them; a report that was kept has none any more. */
  source: Source | undefined;
  /** Analyses the files again, with the corrections as they are then and these hints, if there are others. */
  onAgain: ((hints?: Hints) => void) | undefined;
  /** Analyses other files instead. */
  onFiles: (files: File[]) => void;
  /** Other reports to compare with; those of this browser where there is no other library. */
  library?: Library | undefined;
  /** The report of the library that is compared first. */
  compareWith?: string | undefined;
}

export default function ReportPage({ report, rows, source, onAgain, onFiles, library, compareWith }: Props) {
  const { t } = useTranslation();
  const [span, setSpan] = useState<Span>();
  const [comparing, setComparing] = useState<{ files?: File[]; other?: string } | undefined>(
    compareWith ? { other: compareWith } : undefined,
  );
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
  const isEmpty = Number(report.quality?.transactions ?? 0) === 0;
  const mine = useMemo(() => ({ report, rows }), [report, rows]);
  const browser = useBrowserLibrary(mine);
  const others = library ?? browser;
  // Another file that is dropped here is compared with this one, where there is something to compare.
  const compares = !isEmpty && others.takesFiles;
  const compare = useCallback((files: File[]) => setComparing({ files }), []);
  const over = useFileDrop(compares ? compare : onFiles);

  return (
    <ReportContext value={whole}>
      <article className={css.report}>
        <Intro named={span !== undefined || comparing !== undefined} />
        {!isEmpty && (
          <div className={css.toolbar} data-screen>
            {months.length > 1 && !comparing && <PeriodPicker months={months} span={span} onSpan={setSpan} />}
            <span className={css.tools}>
              <Button variant="default" size="md" onClick={() => setComparing(comparing ? undefined : {})}>
                {t(comparing ? 'compare.close' : 'compare.open')}
              </Button>
              <Button variant="default" size="md" onClick={() => window.print()}>
                {t('report.print')}
              </Button>
            </span>
          </div>
        )}
        {over && <p className={css.drop}>{t(compares ? 'compare.drop' : 'drop.release')}</p>}
        {comparing ? (
          <Compare
            whole={whole}
            span={span}
            files={comparing.files}
            first={comparing.other}
            library={others}
            show={setOpened}
          />
        ) : isEmpty ? (
          <NoTransactions onFiles={onFiles} />
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

/** Sentences, figures, charts and tables of the period, then what is told of the whole file only. */
function Sections({ whole, span, currencies, show }: SectionsProps) {
  const { t } = useTranslation();
  const [chosen, setCurrency] = useState<string>();
  const { data, complete } = useMemo(() => periodOf(whole, span, show), [whole, span, show]);
  const spanName = useSpanName();
  const printing = usePrinting();
  const currency = chosen ?? currencies[0];
  // Paper has no choice of currencies, so it shows them all.
  const shown = currencies.filter((one) => printing || one === currency);
  return (
    <>
      {span && (
        <p className={css.note} data-paper>
          {t('period.label')}: {spanName(span)}
        </p>
      )}
      <ReportContext value={data}>
        <Summary />
        <Figures currencies={currencies} />
      </ReportContext>
      <CurrencyChoice currencies={currencies} currency={currency} onCurrency={setCurrency} />
      {shown.map((one) => (
        <OfCurrency
          key={one}
          currency={one}
          named={shown.length > 1}
          data={data}
          parts={complete ? data : whole}
          whole={whole}
        />
      ))}
      <Findings />
    </>
  );
}

interface CurrencyProps {
  currency: string;
  /** Whether the currency is named above. */
  named: boolean;
  /** The figures of the period. */
  data: ReportData;
  /** Those by category, counterparty and account: of the period, or of the whole file where not all rows are here. */
  parts: ReportData;
  whole: ReportData;
}

function OfCurrency({ currency, named, data, parts, whole }: CurrencyProps) {
  const { t } = useTranslation();
  return (
    <>
      {named && <h2 className={css.currency}>{currency || t('report.unknownCurrency')}</h2>}
      <ReportContext value={data}>
        <CashFlow currency={currency} />
        <Balance currency={currency} />
      </ReportContext>
      {data !== parts && <p className={css.note}>{t('period.incomplete')}</p>}
      <ReportContext value={parts}>
        <Categories currency={currency} />
        <Counterparties currency={currency} />
        <Accounts currency={currency} />
      </ReportContext>
      {data !== whole && <p className={css.note}>{t('period.rest')}</p>}
      <Recurring currency={currency} />
      <Forecast currency={currency} />
    </>
  );
}
