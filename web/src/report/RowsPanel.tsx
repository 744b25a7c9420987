// The rows behind a figure: how they make it, the ones that are sought, in the order that is wanted.
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Correct } from '../corrections/Correct';
import { sum } from '../format/decimal';
import { useFormat } from '../format/useFormat';
import { Icon } from '../frame/Icon';
import { useShortcut } from '../frame/shortcuts';
import { type Opened, useReport } from './context';
import { Formula } from './Formula';
import { useCategoryName, useFactValue } from './labels';
import css from './RowsDrawer.module.css';
import { RowsTable } from './RowsTable';
import { RowsTools } from './RowsTools';
import { countRows } from './ranges';
import { type Entry, type Sort, search, sorted } from './rows';
import { Sentence } from './Texts';

interface Props {
  what: Extract<Opened, { kind: 'fact' | 'rows' }>;
  /** What the rows are the rows of. */
  title: string;
}

export function RowsPanel({ what, title }: Props) {
  const { t } = useTranslation();
  const { facts, rows } = useReport();
  const format = useFormat();
  const category = useCategoryName();
  const value = useFactValue();
  const field = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState('');
  const sought = useDeferredValue(query);
  const [sort, setSort] = useState<Sort>();
  const [corrected, setCorrected] = useState<Entry>();
  useShortcut('/', () => field.current?.focus(), 'dialog');

  const ranges = useMemo(() => (what.kind === 'fact' ? facts.rowsOf(what.fact.id) : what.ranges), [what, facts]);
  const count = countRows(ranges);
  const entries = useMemo(() => rows.within(ranges), [ranges, rows]);
  const found = useMemo(
    () =>
      search(
        entries,
        sought,
        (entry) =>
          `${entry.counterparty} ${entry.description} ${category(entry.category)} ${entry.account} ${entry.amount} ${entry.amount.replace('.', ',')} ${entry.date} ${format.day(entry.date)} ${entry.line}`,
      ),
    [entries, sought, category, format],
  );
  const ordered = useMemo(
    () => (sort ? sorted(found, sort, format.locale, category) : found),
    [found, sort, format, category],
  );
  const totals = useMemo(() => totalsOf(found), [found]);

  const counted = t('report.rows.count', { count: entries.length, formatted: format.integer(entries.length) });
  return (
    <>
      <div className={css.head}>
        {what.kind === 'fact' ? (
          <p className={`${css.value} num`} data-testid="figure">
            {value(what.fact)}
          </p>
        ) : (
          <p className={css.reason}>
            <Sentence texts={what.texts} />
          </p>
        )}
        {what.kind === 'fact' && what.fact.lineage?.formula && <Formula fact={what.fact} />}
        {entries.length > 0 && (
          <div className={css.tools}>
            <span className={css.search}>
              <Icon name="search" size={18} />
              <input
                ref={field}
                className={css.field}
                type="search"
                aria-label={t('report.rows.search')}
                placeholder={t('report.rows.searchHint')}
                value={query}
                onChange={(event) => setQuery(event.currentTarget.value)}
              />
            </span>
            <RowsTools entries={ordered} title={title} sort={sort} onSort={setSort} />
          </div>
        )}
        {count > entries.length && (
          <p className={css.partial}>
            {t('report.rows.partial', {
              kept: format.integer(rows.length),
              missing: format.integer(count - entries.length),
            })}
          </p>
        )}
      </div>
      {corrected && <Correct key={corrected.number} entry={corrected} onCancel={() => setCorrected(undefined)} />}
      {entries.length === 0 ? (
        <p className={css.empty}>{t('report.rows.none')}</p>
      ) : found.length === 0 ? (
        <p className={css.empty}>{t('report.rows.nothing', { query: sought })}</p>
      ) : (
        <RowsTable entries={ordered} sort={sort} onSort={setSort} onCorrect={setCorrected} />
      )}
      {entries.length > 0 && (
        <div className={css.foot} role="status">
          <span data-testid="count">
            {sought ? t('report.rows.countOf', { shown: format.integer(found.length), count: counted }) : counted}
          </span>
          <span className={css.totals}>
            {t('report.rows.total')}{' '}
            {totals.map((money) => (
              <strong key={money.currency} className="num" data-testid="total">
                {format.money(money, { sign: true })}
              </strong>
            ))}
          </span>
        </div>
      )}
    </>
  );
}

/** The exact total of each currency, in order of appearance. */
function totalsOf(entries: readonly Entry[]): { amount: string; currency: string }[] {
  const amounts = new Map<string, string[]>();
  for (const { amount, currency } of entries) {
    const list = amounts.get(currency);
    if (list) list.push(amount);
    else amounts.set(currency, [amount]);
  }
  return [...amounts].map(([currency, list]) => ({ amount: sum(list), currency }));
}
