// The rows that could not be read, each with its line, the reason in words and the value at fault.
import { useTranslation } from 'react-i18next';
import type { Quality } from '../api/types';
import { useFormat } from '../format/useFormat';
import { useReport } from './context';
import { More } from './More';
import { fileNames } from './names';
import css from './Quality.module.css';
import { Name, Table } from './Table';
import { useFirst } from './useFirst';

const FIRST = 10;

export function Rejected({ quality }: { quality: Quality }) {
  const { t, i18n } = useTranslation();
  const { report } = useReport();
  const format = useFormat();
  const names = fileNames(report);
  const rows = quality.rejectedRows;
  const first = useFirst(rows, FIRST);
  if (rows.length === 0) {
    return Number(quality.rejected) === 0 && Number(quality.rowsRead) > 0 ? (
      <p className={css.note}>{t('report.quality.allRead')}</p>
    ) : null;
  }
  const reason = (name: string): string => {
    const key = `report.quality.reasons.${name}`;
    return i18n.exists(key) ? String(t(key as never)) : t('report.quality.reasons.other', { reason: name });
  };
  const headings = [
    ...(names.length > 1 ? [{ name: t('report.quality.file') }] : []),
    { name: t('report.quality.line') },
    { name: t('report.quality.reason') },
    { name: t('report.quality.column') },
    { name: t('report.quality.value') },
  ];
  return (
    <div className={css.rejected}>
      <h3>{t('report.quality.rejectedTitle')}</h3>
      {Number(quality.rejected) > rows.length && (
        <p className={css.note}>
          {t('report.quality.rejectedFirst', {
            count: rows.length,
            formatted: format.integer(rows.length),
            total: format.integer(quality.rejected),
          })}
        </p>
      )}
      <Table label={t('report.quality.rejectedTitle')} headings={headings}>
        {first.shown.map((row) => (
          <tr key={`${row.file} ${row.line} ${row.column}`}>
            {names.length > 1 && <Name>{names[row.file - 1]}</Name>}
            <td className="num">{format.integer(row.line)}</td>
            <td>{reason(row.reason)}</td>
            <td>{row.column || '\u2013'}</td>
            <td className={css.value}>{row.value || t('report.quality.empty')}</td>
          </tr>
        ))}
      </Table>
      <More {...first} />
    </div>
  );
}
