// Any number of rows at the cost of those in view.
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { textOf } from '../corrections/Correct';
import { useFormat } from '../format/useFormat';
import { useReport } from './context';
import { useCategoryName, useReason } from './labels';
import { fileNames } from './names';
import css from './RowsTable.module.css';
import { SORTS } from './RowsTools';
import type { Entry, Sort, SortKey } from './rows';

const WIDE = '(min-width: 641px)';

interface Props {
  entries: readonly Entry[];
  sort: Sort | undefined;
  onSort: (sort: Sort | undefined) => void;
  /** Asks for the category of a row's text. */
  onCorrect: (entry: Entry) => void;
}

export function RowsTable({ entries, sort, onSort, onCorrect }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const scroller = useRef<HTMLDivElement>(null);
  const { report } = useReport();
  const files = fileNames(report);
  const wide = useWide();
  const virtual = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (wide ? 60 : 100),
    overscan: 12,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height of a row depends on the width alone
  useEffect(() => virtual.measure(), [wide]);

  return (
    <div ref={scroller} className={css.scroller} tabIndex={0} role="region" aria-label={t('report.rows.table')}>
      <div className={css.table} role="table" aria-label={t('report.rows.table')} aria-rowcount={entries.length + 1}>
        <div role="rowgroup" className={css.headings}>
          <div role="row" aria-rowindex={1} className={css.row}>
            {SORTS.map((by) => (
              <Heading key={by} by={by} sort={sort} onSort={onSort} />
            ))}
          </div>
        </div>
        <div role="rowgroup" className={css.body} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const entry = entries[item.index];
            if (!entry) return null;
            const description = entry.description !== entry.counterparty && entry.counterparty ? entry.description : '';
            const detail = [description, files.length > 1 ? files[entry.file - 1] : '']
              .filter(Boolean)
              .join(' \u00b7 ');
            return (
              <div
                key={item.key}
                role="row"
                aria-rowindex={item.index + 2}
                className={`${css.row} ${css.entry}`}
                style={{ height: item.size, transform: `translateY(${item.start}px)` }}
              >
                <span role="cell" className={`${css.date} num`}>
                  {format.day(entry.date)}
                </span>
                <span role="cell" className={css.who}>
                  <span className={css.name} title={entry.counterparty}>
                    {entry.counterparty || entry.description || '\u2013'}
                  </span>
                  {detail && (
                    <span className={css.description} title={detail}>
                      {detail}
                    </span>
                  )}
                </span>
                <span role="cell" className={css.category}>
                  {entry.category && <Category entry={entry} onCorrect={onCorrect} />}
                </span>
                <span role="cell" className={`${css.amount} num`}>
                  {format.money({ amount: entry.amount, currency: entry.currency }, { sign: true })}
                </span>
                <span role="cell" className={`${css.line} num`}>
                  <span className={css.narrow}>
                    {t('report.rows.lineNumber', { line: format.integer(entry.line) })}
                  </span>
                  <span className={css.wide}>{format.integer(entry.line)}</span>
                </span>
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

interface HeadingProps {
  by: SortKey;
  sort: Sort | undefined;
  onSort: (sort: Sort | undefined) => void;
}

/** A click sorts, the next one turns the order, and the third leaves the rows as they stand in the file. */
function Heading({ by, sort, onSort }: HeadingProps) {
  const { t } = useTranslation();
  const own = sort?.by === by ? sort : undefined;
  const next = own === undefined ? { by, descending: false } : own.descending ? undefined : { by, descending: true };
  return (
    <span
      role="columnheader"
      className={css[by]}
      aria-sort={own === undefined ? 'none' : own.descending ? 'descending' : 'ascending'}
    >
      <button type="button" className={css.sort} data-sorted={own !== undefined} onClick={() => onSort(next)}>
        {t(`report.rows.${by}`)}
        {own && <span aria-hidden="true">{own.descending ? '\u2193' : '\u2191'}</span>}
      </button>
    </span>
  );
}

/** The category and why; a click says what it is instead. */
function Category({ entry, onCorrect }: { entry: Entry; onCorrect: (entry: Entry) => void }) {
  const { t } = useTranslation();
  const { correct } = useReport();
  const format = useFormat();
  const [name, reason] = [useCategoryName()(entry.category), useReason()(entry, format)];
  const text = textOf(entry);
  const words = (
    <>
      <span className={css.name}>{name}</span>
      {reason && <span className={css.reason}>{reason}</span>}
    </>
  );
  const title = [name, reason].filter(Boolean).join(' \u00b7 ');
  if (!correct || !/[\p{L}\p{Nd}]/u.test(text)) return <span title={title}>{words}</span>;
  return (
    <button type="button" className={css.correct} title={title} onClick={() => onCorrect(entry)}>
      {words}
      <span className="aside">{t('corrections.change', { text })}</span>
    </button>
  );
}

function useWide(): boolean {
  const [wide, setWide] = useState(() => matchMedia(WIDE).matches);
  useEffect(() => {
    const query = matchMedia(WIDE);
    const follow = () => setWide(query.matches);
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);
  return wide;
}
