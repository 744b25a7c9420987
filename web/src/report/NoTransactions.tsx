// A file that was read and holds no transactions: there is nothing to show, and that is said calmly.
import { useTranslation } from 'react-i18next';
import { FilePick } from '../drop/FilePick';
import { Icon } from '../frame/Icon';
import { useReport } from './context';
import css from './NoTransactions.module.css';

export function NoTransactions({ onFiles }: { onFiles: (files: File[]) => void }) {
  const { t } = useTranslation();
  const { report } = useReport();
  const refused = Number(report.quality?.rejected ?? 0) > 0;
  return (
    <section className={css.empty} aria-labelledby="no-transactions">
      <span className={css.sign}>
        <Icon name="file" size={28} />
      </span>
      <h2 id="no-transactions">{t('report.empty.title')}</h2>
      <p className={css.hint}>{t(refused ? 'report.empty.rejected' : 'report.empty.hint')}</p>
      <div data-screen>
        <FilePick label={t('drop.area')} onFiles={onFiles}>
          {t('problem.another')}
        </FilePick>
      </div>
    </section>
  );
}
