// The first screen: what to do, what is read, what will be here.
import { useTranslation } from 'react-i18next';
import type { ServerFacts } from '../api/server';
import type { FileFormat } from '../api/types';
import { Kept } from '../corrections/Kept';
import { useFormat } from '../format/useFormat';
import { Icon, type IconName } from '../frame/Icon';
import css from './DropZone.module.css';
import { FilePick } from './FilePick';

const GETS: IconName[] = ['lines', 'open', 'shield'];

interface Props {
  server: ServerFacts | undefined;
  over: boolean;
  onFiles: (files: File[]) => void;
}

export function DropZone({ server, over, onFiles }: Props) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const gets = t('drop.gets', { returnObjects: true }) as { title: string; text: string }[];
  // The server names formats in English; those known here have a name in each language.
  const title = (known: FileFormat) => {
    const key = `drop.format.${known.name}`;
    return i18n.exists(key) ? String(t(key as never)) : known.title;
  };
  return (
    <div className={css.page}>
      <h1 className={css.heading}>{t('drop.heading')}</h1>
      <p className={css.lead}>{t('drop.lead')}</p>

      <section className={css.zone} data-over={over || undefined} aria-label={t('drop.area')}>
        <span className={css.mark}>
          <Icon name="file" size={28} />
        </span>
        {over ? (
          <p className={css.release}>{t('drop.release')}</p>
        ) : (
          <div className={css.pick}>
            <FilePick label={t('drop.area')} onFiles={onFiles}>
              {t('drop.choose')}
            </FilePick>
            <span className="muted">{t('drop.or')}</span>
          </div>
        )}
        <dl className={css.facts}>
          <div>
            <dt>{t('drop.formats')}</dt>
            <dd>{[...new Set(server?.formats.map(title))].join(', ') || '\u00a0'}</dd>
          </div>
          <div>
            <dt>{t('drop.limit')}</dt>
            <dd>{server?.maxUploadBytes ? t('drop.upTo', { size: format.bytes(server.maxUploadBytes) }) : '\u00a0'}</dd>
          </div>
          <div>
            <dt>{t('drop.privacy')}</dt>
            <dd>{t('drop.nothingKept')}</dd>
          </div>
        </dl>
      </section>

      <h2 className="aside">{t('drop.next')}</h2>
      <ul className={css.gets}>
        {gets.map(({ title, text }, index) => (
          <li key={GETS[index]}>
            <Icon name={GETS[index] ?? 'lines'} />
            <h3>{title}</h3>
            <p className="muted">{text}</p>
          </li>
        ))}
      </ul>
      <Kept />
    </div>
  );
}
