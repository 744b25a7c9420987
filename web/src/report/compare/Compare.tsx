// Two periods of a report, or two reports, side by side: what changed, the largest changes first.
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CurrencyChoice } from '../CurrencyChoice';
import type { ReportData } from '../context';
import { dataOf } from '../data';
import { Facts, monthsOf } from '../facts';
import type { Span } from '../period/span';
import reportCss from '../Report.module.css';
import type { OpenedIn } from '../RowsDrawer';
import { Changes } from './Changes';
import css from './Compare.module.css';
import type { Library } from './library';
import { OtherFile } from './OtherFile';
import { SidePicker } from './SidePicker';
import { firstSpans, monthCount, type Side, sideOf, useSideName } from './side';
import { useOther } from './useOther';

interface Props {
  whole: ReportData;
  /** The period that the report showed. */
  span: Span | undefined;
  /** A file that was dropped on the report. */
  files: File[] | undefined;
  /** The kept report that is compared first. */
  first: string | undefined;
  library: Library;
  show: (opened: OpenedIn) => void;
}

export function Compare({ whole, span, files, first, library, show }: Props) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  const { other, start, reopen, leave } = useOther(files, first, library.open);
  const [chosen, setChosen] = useState<string>();
  const [swapped, setSwapped] = useState(false);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);

  // Another report is made a whole of its own; without one the same report stands on both sides.
  const second = useMemo(
    () =>
      other.kind === 'report'
        ? dataOf({ report: other.report, facts: new Facts(other.report), rows: other.rows }, show)
        : undefined,
    [other, show],
  );
  const { before, after, chooseBefore, chooseAfter } = useSides(whole, second, span, swapped, show);
  const name = useSideName(second !== undefined);
  const currencies = useMemo(() => shared(before, after), [before, after]);
  const currency = chosen !== undefined && currencies.includes(chosen) ? chosen : currencies[0];

  const busy = other.kind !== 'none' && other.kind !== 'report';
  return (
    <section className={css.compare} aria-labelledby="compare">
      <h2 id="compare" ref={heading} tabIndex={-1} className={css.heading}>
        {before && after && !busy
          ? t('compare.title', { before: name(before), after: name(after) })
          : t('compare.heading')}
      </h2>
      {!busy && before && after && (
        <div className={css.sides} data-screen>
          <SidePicker label={t('compare.before')} side={before} named={second !== undefined} onSpan={chooseBefore} />
          <SidePicker label={t('compare.after')} side={after} named={second !== undefined} onSpan={chooseAfter} />
          <button type="button" className={reportCss.action} onClick={() => setSwapped(!swapped)}>
            {t('compare.swap')}
          </button>
        </div>
      )}
      <div data-screen>
        <OtherFile other={other} onStart={start} onReopen={reopen} onLeave={leave} library={library} />
      </div>
      {!busy && !(before && after) && <p className={css.note}>{t('compare.nothing')}</p>}
      {!busy && before && after && (
        <>
          <CurrencyChoice currencies={currencies} currency={currency} onCurrency={setChosen} />
          <Notes before={before} after={after} currency={currency} />
          {currency !== undefined && <Changes key={currency} currency={currency} before={before} after={after} />}
        </>
      )}
    </section>
  );
}

/** Which report and period stands on which side. */
function useSides(
  whole: ReportData,
  second: ReportData | undefined,
  span: Span | undefined,
  swapped: boolean,
  show: (opened: OpenedIn) => void,
) {
  /** What the reader chose, by side, for the reports that stand there. */
  const [chosen, setChosen] = useState<Chosen>({});
  const shown = useMemo(() => {
    const [earlier, later] = second ? inOrder(whole, second) : [whole, whole];
    const first = second ? {} : firstSpans(monthsOf(whole.facts), span);
    const mine = chosen.of === second ? chosen : {};
    const before = sideOf(earlier, 'before' in mine ? mine.before : first.before, show);
    const after = sideOf(later, 'after' in mine ? mine.after : first.after, show);
    return swapped ? { before: after, after: before } : { before, after };
  }, [whole, second, span, swapped, chosen, show]);
  const choose = (side: 'before' | 'after') => (next: Span | undefined) =>
    setChosen((kept) => ({ ...(kept.of === second ? kept : {}), of: second, [side]: next }));
  return {
    ...shown,
    chooseBefore: choose(swapped ? 'after' : 'before'),
    chooseAfter: choose(swapped ? 'before' : 'after'),
  };
}

interface Chosen {
  of?: ReportData | undefined;
  before?: Span | undefined;
  after?: Span | undefined;
}

/** The report that ends later stands after the other. */
function inOrder(one: ReportData, other: ReportData): [ReportData, ReportData] {
  const last = ({ facts }: ReportData) => facts.period()?.to ?? '';
  return last(one) >= last(other) ? [other, one] : [one, other];
}

/** What keeps two sides from being compared like with like. */
function Notes({ before, after, currency }: { before: Side; after: Side; currency: string | undefined }) {
  const { t } = useTranslation();
  const [one, other] = [monthCount(before), monthCount(after)];
  return (
    <>
      {currency === undefined && <p className={css.note}>{t('compare.noCurrency')}</p>}
      {one !== other && (
        <p className={css.note}>
          {t('compare.lengths', {
            before: t('compare.months', { count: one }),
            after: t('compare.months', { count: other }),
          })}
        </p>
      )}
    </>
  );
}

/** Currencies that both sides have, in the order of the later one. */
function shared(before: Side | undefined, after: Side | undefined): string[] {
  const known = new Set(before?.whole.facts.currencies());
  return after?.whole.facts.currencies().filter((currency) => known.has(currency)) ?? [];
}
