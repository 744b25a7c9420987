// What was decided for each column, why, and what it made of the first rows.
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Source } from '../../api/types';
import type { Format } from '../../format/format';
import { useFormat } from '../../format/useFormat';
import { useReport } from '../context';
import { useCategoryName } from '../labels';
import { Name, Nothing, Table } from '../Table';
import css from './Mapping.module.css';
import { divided, firstRows, readAs, type Value } from './readAs';
import { type Written, writtenOf } from './written';

interface Props {
  source: Source;
  /** By its place in the report, from 0. */
  place: number;
}

export function Columns({ source, place }: Props) {
  const { t, i18n } = useTranslation();
  const { rows } = useReport();
  const format = useFormat();
  const written = useWritten(source, place);
  const { used, ignored } = divided(source);
  const first = firstRows(rows, place + 1);
  const role = (name: string) =>
    i18n.exists(`report.quality.roles.${name}`) ? String(t(`report.quality.roles.${name}` as never)) : name;
  const headings = [
    { name: t('report.quality.columnHeader') },
    { name: t('report.quality.role') },
    ...(first.length > 0 ? [{ name: t(written ? 'mapping.examples' : 'mapping.readOnly') }] : []),
  ];
  return (
    <>
      <Table label={t('report.quality.columnsTitle')} headings={headings}>
        {used.map((column) => {
          const evidence = (['header', 'values'] as const).find((name) => name === column.evidence);
          return (
            <tr key={column.number}>
              <Name>{column.header || t('working.column', { number: format.integer(column.number) })}</Name>
              <td className={css.role}>
                {role(column.role)}
                {evidence && <span className={css.evidence}>{t(`report.quality.evidences.${evidence}`)}</span>}
              </td>
              {first.length > 0 && (
                <td>
                  <ul className={css.examples}>
                    {first.map((entry) => (
                      <li key={entry.number}>
                        <Example
                          written={written?.(entry.line)?.[column.number - 1]}
                          value={readAs(column.role, entry)}
                        />
                      </li>
                    ))}
                  </ul>
                </td>
              )}
            </tr>
          );
        })}
      </Table>
      {ignored.length > 0 && <p className={css.note}>{t('mapping.ignored', { names: ignored.join(', ') })}</p>}
    </>
  );
}

/** As written, then as read. */
function Example({ written, value }: { written: string | undefined; value: Value | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const category = useCategoryName();
  const read = value && worded(value, format, category);
  if (!written && read === undefined) return <Nothing />;
  return (
    <>
      {written !== undefined && written !== read && (
        <>
          <span className="aside">{t('question.written')} </span>
          <code className={css.written}>{written || t('report.quality.empty')}</code>
        </>
      )}
      {read !== undefined && (
        <span className={css.read}>
          {written !== undefined && written !== read && <span aria-hidden="true">{'\u2192 '}</span>}
          <span className="aside">{t('question.read')} </span>
          <span className={value && 'text' in value ? undefined : 'num'}>{read}</span>
        </span>
      )}
    </>
  );
}

function worded(value: Value, format: Format, category: (key: string) => string): string {
  if ('money' in value) return format.money(value.money, { sign: true });
  if ('balance' in value) return format.money(value.balance);
  if ('day' in value) return format.day(value.day);
  return 'category' in value ? category(value.category) : value.text;
}

/** The cells of the file itself, where it is still in this browser and is plain text. */
function useWritten(source: Source, place: number): Written | undefined {
  const file = useReport().source?.files[place];
  const [written, setWritten] = useState<Written>();
  useEffect(() => {
    let left = false;
    if (file?.name === source.fileName) {
      // A file that cannot be read any more has been moved or changed: the preview does without it.
      const quiet = () => undefined;
      void writtenOf(file, source)
        .catch(quiet)
        .then((found) => {
          if (!left) setWritten(() => found);
        });
    }
    return () => {
      left = true;
    };
  }, [file, source]);
  return written;
}
