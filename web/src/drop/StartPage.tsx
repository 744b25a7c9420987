// The first screen: the promise, where files go, what was read before, what comes out, and what happens to a file.
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServerFacts } from '../api/server';
import { deleteFile } from '../api/workspace';
import { Kept } from '../corrections/Kept';
import { Icon, type IconName } from '../frame/Icon';
import { Recent } from '../kept/Recent';
import { HISTORY, hashOf } from '../session/route';
import { useWorkspace } from '../workspace/context';
import { takeLost } from '../workspace/lost';
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
  const workspace = useWorkspace();
  const gets = t('drop.gets', { returnObjects: true }) as { title: string; text: string }[];
  const fate = t(workspace ? 'drop.fate.kept' : 'drop.fate.steps', { returnObjects: true }) as string[];
  return (
    <div className={css.page}>
      <h1 className={css.heading}>{t('drop.heading')}</h1>
      <p className={css.lead}>{t('drop.lead')}</p>
      {workspace && <BrokenOff workspace={workspace} />}
      <DropZone server={server} over={over} onFiles={onFiles} onSample={onSample} />
      {!server || workspace ? <OnServer known={server !== undefined} /> : <Recent />}
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

/** What the server keeps; invisible until it is known to keep anything, so that nothing moves then. */
function OnServer({ known }: { known: boolean }) {
  const { t } = useTranslation();
  return (
    <section className={css.server} data-awaited={!known || undefined} aria-labelledby="on-server">
      <div className={css.serverHead}>
        <h2 id="on-server">{t('history.title')}</h2>
        <a className={css.all} href={hashOf(HISTORY)}>
          {t('history.all')}
        </a>
      </div>
      <p className="muted">{t('history.where')}</p>
    </section>
  );
}

/** Says that an upload was left before it was complete, and sees to it that nothing of it stays on the server. */
function BrokenOff({ workspace }: { workspace: string }) {
  const { t } = useTranslation();
  const [lost] = useState(() => takeLost());
  useEffect(() => {
    for (const id of lost?.fileIds ?? []) void deleteFile(workspace, id).catch(() => {});
  }, [lost, workspace]);
  if (!lost) return null;
  return (
    <p className={css.lost} role="alert">
      {t('upload.lost', { name: lost.name })}
    </p>
  );
}
