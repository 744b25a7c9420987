// What is kept in this browser: each text with its category, to be taken back one by one or all at once.
import { useTranslation } from 'react-i18next';
import { Details } from '../report/Details';
import shared from '../report/Report.module.css';
import { Scroll } from '../report/Scroll';
import css from './Kept.module.css';
import { keep, without } from './list';
import { useCorrections } from './useCorrections';

interface Props {
  /** Analyses the file again, where one is there. */
  onChange?: () => void;
}

export function Kept({ onChange }: Props) {
  const { t } = useTranslation();
  const list = useCorrections();
  if (list.length === 0) return null;
  const change = (next: typeof list) => {
    keep(next);
    onChange?.();
  };
  return (
    <section className={css.kept} aria-label={t('corrections.title', { count: list.length })}>
      <Details summary={t('corrections.title', { count: list.length })}>
        <p className="muted">{t('corrections.where')}</p>
        <Scroll label={t('corrections.title', { count: list.length })}>
          <table className={shared.table}>
            <thead>
              <tr>
                <th scope="col">{t('corrections.text')}</th>
                <th scope="col">{t('corrections.category')}</th>
                <th scope="col">
                  <span className="aside">{t('corrections.remove')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {list.map((one) => (
                <tr key={one.text}>
                  <th scope="row" className={shared.named}>
                    {one.text}
                  </th>
                  <td>{one.category}</td>
                  <td className={shared.end}>
                    <button
                      type="button"
                      className={css.remove}
                      aria-label={t('corrections.removeOf', { text: one.text })}
                      onClick={() => change(without(list, one.text))}
                    >
                      {t('corrections.remove')}
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
        <button type="button" className={shared.more} onClick={() => change([])}>
          {t('corrections.erase')}
        </button>
      </Details>
    </section>
  );
}
