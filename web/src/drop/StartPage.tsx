// The first screen: the promise, where files go, what was read before, what comes out, and what happens to a file.
import { useTranslation } from 'react-i18next';
import type { ServerFacts } from '../api/server';
import { Kept } from '../corrections/Kept';
import { Icon, type IconName } from '../frame/Icon';
import { Recent } from '../kept/Recent';
import { DropZone } from './DropZone';
import css from './StartPage.module.css';

const GETS: IconName[] = ['lines', 'open', 'shield'];

interface Props {
  server: ServerFacts | undefined;
  over: boolean;
  onFiles: (files: File[]) => void;
  onSample: () => void;
}

export function StartPage({ server, over, onFiles, onSample }: Props) {
  const { t } = useTranslation();
  const gets = t('drop.gets', { returnObjects: true }) as { title: string; text: string }[];
  const fate = t('drop.fate.steps', { returnObjects: true }) as string[];
  return (
    <div className={css.page}>
      <h1 className={css.heading}>{t('drop.heading')}</h1>
      <p className={css.lead}>{t('drop.lead')}</p>
      <DropZone server={server} over={over} onFiles={onFiles} onSample={onSample} />
      <Recent />
      <section className={css.section}>
        <h2>{t('drop.next')}</h2>
        <ul className={css.gets}>
          {gets.map(({ title, text }, index) => (
            <li key={GETS[index]}>
              <Icon name={GETS[index] ?? 'lines'} />
              <h3>{title}</h3>
              <p className="muted">{text}</p>
            </li>
          ))}
        </ul>
      </section>
      <section className={css.section}>
        <h2>{t('drop.fate.title')}</h2>
        <ol className={css.fate}>
          {fate.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </section>
      <Kept />
    </div>
  );
}
