// The shape of a report while it is opened: heading, sentences, figures, a chart.
import { useTranslation } from 'react-i18next';
import css from './Skeleton.module.css';

const SENTENCES = ['94%', '88%', '71%'];
const FIGURES = ['in', 'out', 'net', 'opening', 'closing', 'transactions'];

export function Skeleton() {
  const { t } = useTranslation();
  return (
    <div className={css.page} aria-busy="true">
      <h1 className="aside">{t('kept.opening')}</h1>
      <div className={css.heading} />
      <div className={css.meta} />
      <div className={css.tools} />
      {SENTENCES.map((width) => (
        <div key={width} className={css.sentence} style={{ width }} />
      ))}
      <div className={css.figures}>
        {FIGURES.map((figure) => (
          <div key={figure} className={css.figure} />
        ))}
      </div>
      <div className={css.chart} />
    </div>
  );
}
