// Where files go: by pointer, by button, or a sample to try; and which files are read.
import { useTranslation } from 'react-i18next';
import type { ServerFacts } from '../api/server';
import type { FileFormat } from '../api/types';
import { useFormat } from '../format/useFormat';
import { Icon } from '../frame/Icon';
import { useOnline } from '../frame/useOnline';
import { useWorkspace } from '../workspace/context';
import css from './DropZone.module.css';
import { FilePick } from './FilePick';

interface Props {
  server: ServerFacts | undefined;
  over: boolean;
  onFiles: (files: File[]) => void;
  onSample: () => void;
}

export function DropZone({ server, over, onFiles, onSample }: Props) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const online = useOnline();
  const workspace = useWorkspace();
  // The server names formats in English; those known here have a name in each language.
  const title = (known: FileFormat) => {
    const key = `drop.format.${known.name}`;
    return i18n.exists(key) ? String(t(key as never)) : known.title;
  };
  return (
    <section className={css.zone} data-over={over || undefined} aria-label={t('drop.area')}>
      <span className={css.mark}>
        <Icon name="file" size={28} />
      </span>
      {over ? (
        <p className={css.pick}>{t('drop.release')}</p>
      ) : (
        <div className={css.pick}>
          <FilePick label={t('drop.area')} onFiles={onFiles}>
            {t('drop.choose')}
          </FilePick>
          <span className="muted">
            <span className={css.pointer}>{t('drop.or')}</span> {t(workspace ? 'drop.severalKept' : 'drop.several')}
          </span>
        </div>
      )}
      <p className={css.sample}>
        {online ? (
          <>
            <span className="muted">{t('drop.sample.none')}</span>{' '}
            <button type="button" className={css.try} onClick={onSample}>
              {t('drop.sample.try')}
            </button>
          </>
        ) : (
          <span className={css.offline}>{t(workspace ? 'drop.offlineKept' : 'drop.offline')}</span>
        )}
      </p>
      <dl className={css.facts}>
        <div>
          <dt>{t('drop.formats')}</dt>
          <dd>{server ? [...new Set(server.formats.map(title))].join(', ') : <Awaited />}</dd>
        </div>
        <div>
          <dt>{t('drop.limit')}</dt>
          <dd>
            {server ? (
              server.maxUploadBytes && t('drop.upTo', { size: format.bytes(server.maxUploadBytes) })
            ) : (
              <Awaited />
            )}
          </dd>
        </div>
        <div>
          <dt>{t('drop.privacy')}</dt>
          <dd>{server ? t(workspace ? 'drop.privacyKept' : 'drop.nothingKept') : <Awaited />}</dd>
        </div>
      </dl>
    </section>
  );
}

/** The place of words that the server has yet to send. */
function Awaited() {
  return <span className={css.awaited} />;
}
