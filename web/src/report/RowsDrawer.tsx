// The rows behind a figure, in a panel over the report.
import '@mantine/core/styles/CloseButton.css';
import '@mantine/core/styles/Overlay.css';
import '@mantine/core/styles/Paper.css';
import '@mantine/core/styles/ModalBase.css';
import '@mantine/core/styles/Drawer.css';
import '@mantine/core/styles/Input.css';
import { Drawer, TextInput } from '@mantine/core';
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Fact, Text } from '../api/types';
import { Correct } from '../corrections/Correct';
import { sum } from '../format/decimal';
import { useFormat } from '../format/useFormat';
import { Icon } from '../frame/Icon';
import { useReport } from './context';
import { Formula } from './Formula';
import { useCategoryName, useFactLabel, useFactValue } from './labels';
import css from './RowsDrawer.module.css';
import { RowsTable } from './RowsTable';
import { countRows, type RowRange } from './ranges';
import { type Entry, search } from './rows';
import { Sentence } from './Texts';

/** What the panel shows: the rows of a figure, or those of a finding. */
export type Opened = { kind: 'fact'; fact: Fact } | { kind: 'rows'; title: string; ranges: RowRange[]; texts: Text[] };

interface Props {
  opened: Opened | undefined;
  onClose: () => void;
}

export function RowsDrawer({ opened, onClose }: Props) {
  const { t } = useTranslation();
  const label = useFactLabel();
  // The panel keeps its content while it slides away.
  const [shown, setShown] = useState(opened);
  useEffect(() => {
    if (opened) setShown(opened);
  }, [opened]);
  const what = opened ?? shown;
  const title = what?.kind === 'fact' ? label(what.fact) : what?.title;
  return (
    <Drawer.Root
      opened={opened !== undefined}
      onClose={onClose}
      position="right"
      size={760}
      classNames={{ content: css.content ?? '' }}
      transitionProps={{ duration: 140 }}
    >
      <Drawer.Overlay backgroundOpacity={0.35} />
      <Drawer.Content>
        <div className={css.header}>
          <Drawer.Title className={css.title ?? ''}>{title || t('report.rows.title')}</Drawer.Title>
          <Drawer.CloseButton size={44} iconSize={20} aria-label={t('report.rows.close')} />
        </div>
        <Drawer.Body className={css.body ?? ''} p={0}>
          {what && <Content key={what.kind === 'fact' ? what.fact.id : what.title} what={what} />}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

function Content({ what }: { what: Opened }) {
  const { t } = useTranslation();
  const { facts, rows } = useReport();
  const format = useFormat();
  const category = useCategoryName();
  const value = useFactValue();
  const field = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState('');
  const sought = useDeferredValue(query);
  const [corrected, setCorrected] = useState<Entry>();

  const ranges = useMemo(() => (what.kind === 'fact' ? facts.rowsOf(what.fact.id) : what.ranges), [what, facts]);
  const count = countRows(ranges);
  const entries = useMemo(() => rows.within(ranges), [ranges, rows]);
  const found = useMemo(
    () =>
      search(
        entries,
        sought,
        (entry) =>
          `${entry.counterparty} ${entry.description} ${category(entry.category)} ${entry.amount} ${entry.amount.replace('.', ',')} ${entry.date} ${format.day(entry.date)} ${entry.line}`,
      ),
    [entries, sought, category, format],
  );
  const totals = useMemo(() => totalsOf(found), [found]);

  useEffect(() => {
    const slash = (event: KeyboardEvent) => {
      if (event.key !== '/' || document.activeElement === field.current) return;
      event.preventDefault();
      field.current?.focus();
    };
    window.addEventListener('keydown', slash);
    return () => window.removeEventListener('keydown', slash);
  }, []);

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
          <TextInput
            ref={field}
            className={css.search ?? ''}
            size="md"
            type="search"
            aria-label={t('report.rows.search')}
            placeholder={t('report.rows.searchHint')}
            leftSection={<Icon name="search" size={18} />}
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
          />
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
        <RowsTable entries={found} onCorrect={setCorrected} />
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
function totalsOf(entries: Entry[]): { amount: string; currency: string }[] {
  const amounts = new Map<string, string[]>();
  for (const { amount, currency } of entries) {
    const list = amounts.get(currency);
    if (list) list.push(amount);
    else amounts.set(currency, [amount]);
  }
  return [...amounts].map(([currency, list]) => ({ amount: sum(list), currency }));
}
