// How the file is understood and how it begins, while the rest is read.
import { useTranslation } from 'react-i18next';
import type { FirstLook as Look } from '../api/types';
import { useFormat } from '../format/useFormat';
import css from './FirstLook.module.css';

/** Rows that are shown; the others are there when the report is. */
const SHOWN = 8;

export function FirstLook({ look }: { look: Look }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const used = look.source?.columns.filter((column) => column.role !== 'ignored') ?? [];
  const role = (name: string) =>
    i18n.exists(`report.quality.roles.${name}`) ? String(t(`report.quality.roles.${name}` as never)) : name;
  return (
    <section className={css.look} aria-label={t('working.look')}>
      <h2 className={css.title}>{t('working.look')}</h2>
      {used.length > 0 && (
        <dl className={css.columns}>
          {used.map((column) => (
            <div key={column.number} className={css.column}>
              <dt>{column.header || t('working.column', { number: column.number })}</dt>
              <dd>{role(column.role)}</dd>
            </div>
          ))}
        </dl>
      )}
      <table className={css.rows}>
        <thead className="aside">
          <tr>
            <th scope="col">{t('report.rows.date')}</th>
            <th scope="col">{t('report.rows.who')}</th>
            <th scope="col">{t('report.rows.amount')}</th>
          </tr>
        </thead>
        <tbody>
          {look.rows.slice(0, SHOWN).map((row) => (
            <tr key={row.number}>
              <td className={`${css.date} num`}>{format.day(row.date)}</td>
              <td className={css.who}>{row.counterparty || row.description || '\u2013'}</td>
              <td className={`${css.amount} num`}>{row.amount && format.money(row.amount, { sign: true })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
