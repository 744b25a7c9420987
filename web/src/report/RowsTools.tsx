// What can be done with the rows in view: sort them, copy them, take them along as a file.
import { useClipboard } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/useFormat';
import { useReport } from './context';
import { useCategoryName } from './labels';
import { fileNames } from './names';
import css from './RowsDrawer.module.css';
import type { Entry, Sort, SortKey } from './rows';
import { Select } from './Select';
import { type Cell, commaSeparated, fileName, tabSeparated } from './table';

export const SORTS = ['date', 'who', 'category', 'amount', 'line'] as const satisfies SortKey[];

interface Props {
  /** As they are shown. */
  entries: readonly Entry[];
  title: string;
  sort: Sort | undefined;
  onSort: (sort: Sort | undefined) => void;
}

export function RowsTools({ entries, title, sort, onSort }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const table = useTable();
  const chosen = sort ? `${sort.by} ${sort.descending ? 'down' : 'up'}` : '';
  const choose = (value: string) => {
    const [by, direction] = value.split(' ');
    const known = SORTS.find((one) => one === by);
    onSort(known && { by: known, descending: direction === 'down' });
  };
  return (
    <div className={css.actions}>
      <span className={css.order}>
        <Select label={t('report.rows.sort.label')} value={chosen} onChange={choose}>
          <option value="">{t('report.rows.sort.file')}</option>
          {SORTS.filter((by) => by !== 'line').flatMap((by) =>
            (['up', 'down'] as const).map((direction) => (
              <option key={by + direction} value={`${by} ${direction}`}>
                {t(`report.rows.sort.${by}.${direction}`)}
              </option>
            )),
          )}
        </Select>
      </span>
      <Copy text={() => tabSeparated(table(entries), format.decimal)} />
      <button
        type="button"
        className={css.action}
        onClick={() => save(fileName(title, 'csv'), commaSeparated(table(entries), format.decimal))}
      >
        {t('report.rows.csv')}
      </button>
    </div>
  );
}

/** The text is made when it is wanted: a table of many rows takes its time. */
function Copy({ text }: { text: () => string }) {
  const { t } = useTranslation();
  const { copy, copied, error } = useClipboard();
  const state = error ? 'notCopied' : copied ? 'copied' : 'copy';
  return (
    <button type="button" className={css.action} onClick={() => copy(text())}>
      <span aria-live="polite">{t(`report.rows.${state}`)}</span>
    </button>
  );
}

/** The rows with a line of headings: days as ISO 8601 writes them, amounts as plain numbers. */
function useTable(): (entries: readonly Entry[]) => Cell[][] {
  const { t } = useTranslation();
  const { report } = useReport();
  const category = useCategoryName();
  const files = fileNames(report);
  return (entries) => {
    const withAccount = entries.some(({ account }) => account !== '');
    const headings = [
      t('report.rows.date'),
      t('report.counterparties.name'),
      t('report.rows.description'),
      t('report.rows.category'),
      t('report.rows.amount'),
      t('report.currency'),
      ...(withAccount ? [t('report.accounts.name')] : []),
      ...(files.length > 1 ? [t('report.quality.file')] : []),
      t('report.rows.line'),
    ];
    const cells = (entry: Entry): Cell[] => [
      entry.date,
      entry.counterparty,
      entry.description,
      category(entry.category),
      { amount: entry.amount },
      entry.currency,
      ...(withAccount ? [entry.account] : []),
      ...(files.length > 1 ? [files[entry.file - 1] ?? ''] : []),
      { amount: String(entry.line) },
    ];
    return [headings, ...entries.map(cells)];
  };
}

function save(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  link.download = name;
  link.click();
  // The download has begun with the click.
  URL.revokeObjectURL(link.href);
}
