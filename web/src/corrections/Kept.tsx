// What is kept in this browser: each text with its category, to be taken back one by one or all at once.
import { useTranslation } from 'react-i18next';
import { Details } from '../report/Details';
import shared from '../report/Report.module.css';
import { End, Name, Table } from '../report/Table';
import { useWorkspace } from '../workspace/context';
import css from './Kept.module.css';
import { keep, without } from './list';
import { useCorrections } from './useCorrections';

interface Props {
  /** Analyses the file again, where one is there. */
  onChange?: () => void;
}

export function Kept({ onChange }: Props) {
  const { t } = useTranslation();
  const workspace = useWorkspace();
  const list = useCorrections();
  if (list.length === 0) return null;
  const change = (next: typeof list) => {
    keep(next);
    onChange?.();
  };
  const headings = [
    { name: t('corrections.text') },
    { name: t('corrections.category') },
    { name: t('corrections.remove'), end: true, aside: true },
  ];
  return (
    <section className={css.kept} aria-label={t('corrections.title', { count: list.length })}>
      <Details summary={t('corrections.title', { count: list.length })}>
        <p className="muted">{t(workspace ? 'corrections.whereKept' : 'corrections.where')}</p>
        <Table label={t('corrections.title', { count: list.length })} headings={headings}>
          {list.map((one) => (
            <tr key={one.text}>
              <Name>{one.text}</Name>
              <td>{one.category}</td>
              <End>
                <button
                  type="button"
                  className={shared.action}
                  aria-label={t('corrections.removeOf', { text: one.text })}
                  onClick={() => change(without(list, one.text))}
                >
                  {t('corrections.remove')}
                </button>
              </End>
            </tr>
          ))}
        </Table>
        <button type="button" className={shared.action} onClick={() => change([])}>
          {t('corrections.erase')}
        </button>
      </Details>
    </section>
  );
}
