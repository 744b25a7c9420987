// What each of several files gave: its movements, those that another file has too, and what its balances prove.
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/useFormat';
import { useReport } from './context';
import css from './Quality.module.css';
import { End, Name, Table } from './Table';

export function Files() {
  const { t } = useTranslation();
  const { report } = useReport();
  const format = useFormat();
  const headings = [
    { name: t('report.quality.file') },
    { name: t('report.quality.rowsRead'), end: true },
    { name: t('report.quality.newTransactions'), end: true },
    { name: t('report.quality.inOtherFiles'), end: true },
    { name: t('report.quality.proof') },
  ];
  return (
    <div className={css.reading}>
      <h3>{t('report.quality.filesTitle')}</h3>
      <Table label={t('report.quality.filesTitle')} headings={headings}>
        {report.files.map(({ source, quality }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: files have no other identity, and their order is fixed
          <tr key={index}>
            <Name>{source?.fileName}</Name>
            {[quality?.rowsRead, quality?.transactions, quality?.inOtherFiles].map((count, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: three columns that never move
              <End key={column}>
                <span className="num">{format.integer(count ?? 0)}</span>
              </End>
            ))}
            <td>
              {t(
                quality?.proof?.status === 'STATUS_RECONCILED'
                  ? 'report.reconciled'
                  : quality?.proof?.status === 'STATUS_NOT_RECONCILED'
                    ? 'report.notReconciled'
                    : 'report.noBalances',
              )}
            </td>
          </tr>
        ))}
      </Table>
    </div>
  );
}
