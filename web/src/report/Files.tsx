// What each of several files gave: its movements, those that another file has too, and what its balances prove.
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/useFormat';
import { useReport } from './context';
import css from './Quality.module.css';
import shared from './Report.module.css';
import { Scroll } from './Scroll';

export function Files() {
  const { t } = useTranslation();
  const { report } = useReport();
  const format = useFormat();
  return (
    <div className={css.reading}>
      <h3>{t('report.quality.filesTitle')}</h3>
      <Scroll label={t('report.quality.filesTitle')}>
        <table className={shared.table}>
          <thead>
            <tr>
              <th scope="col">{t('report.quality.file')}</th>
              <th scope="col">{t('report.quality.rowsRead')}</th>
              <th scope="col">{t('report.quality.newTransactions')}</th>
              <th scope="col">{t('report.quality.inOtherFiles')}</th>
              <th scope="col">{t('report.quality.proof')}</th>
            </tr>
          </thead>
          <tbody>
            {report.files.map(({ source, quality }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: files have no other identity, and their order is fixed
              <tr key={index}>
                <th scope="row">{source?.fileName}</th>
                <td className="num">{format.integer(quality?.rowsRead ?? 0)}</td>
                <td className="num">{format.integer(quality?.transactions ?? 0)}</td>
                <td className="num">{format.integer(quality?.inOtherFiles ?? 0)}</td>
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
          </tbody>
        </table>
      </Scroll>
    </div>
  );
}
