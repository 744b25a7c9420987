// Asks before an analysis is deleted, and whether its files go with it.
import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Analysis, Problem } from '../api/types';
import { deleteAnalysis, deleteFile, problemOf } from '../api/workspace';
import { explain } from '../drop/explain';
import { useFormat } from '../format/useFormat';
import dialogCss from '../frame/Shortcuts.module.css';
import { forgetAnswers } from './answers';
import css from './History.module.css';
import { nameOf } from './One';

interface Props {
  workspace: string;
  analysis: Analysis;
  onDeleted: () => void;
  onClose: () => void;
}

export function Delete({ workspace, analysis, onDeleted, onClose }: Props) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const dialog = useRef<HTMLDialogElement>(null);
  const keep = useRef<HTMLButtonElement>(null);
  const [files, setFiles] = useState(true);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  useEffect(() => {
    dialog.current?.showModal();
    // The safe choice is the one that Enter takes.
    keep.current?.focus();
  }, []);
  const remove = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await gone(deleteAnalysis(workspace, analysis.id));
      // One after the other: what fails is said, and what is left is asked for again.
      if (files) for (const { fileId } of analysis.files) await gone(deleteFile(workspace, fileId));
      forgetAnswers(analysis.id);
      onDeleted();
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };
  const told = problem && explain(problem, format, t, (key) => i18n.exists(key));
  return (
    <dialog ref={dialog} className={dialogCss.dialog} aria-labelledby="delete" onClose={onClose}>
      <div className={dialogCss.content}>
        <h2 id="delete" className={css.question}>
          {t('history.sure', { name: nameOf(analysis) })}
        </h2>
        <p className="muted">{t('history.sureWhy')}</p>
        <label className={dialogCss.switch}>
          <input type="checkbox" checked={files} onChange={(event) => setFiles(event.currentTarget.checked)} />
          {analysis.files.length === 1 ? t('history.fileToo') : t('history.filesToo', { count: analysis.files.length })}
        </label>
        {told && (
          <p className={css.trouble} role="alert">
            {told.detail} {told.hint}
          </p>
        )}
        <div className={css.actions}>
          <Button size="md" disabled={busy} onClick={() => void remove()}>
            {t('history.delete')}
          </Button>
          <Button ref={keep} size="md" variant="default" onClick={() => dialog.current?.close()}>
            {t('history.leave')}
          </Button>
        </div>
      </div>
    </dialog>
  );
}

/** What is not there any more is deleted too. */
async function gone(deleting: Promise<void>): Promise<void> {
  try {
    await deleting;
  } catch (error) {
    if (problemOf(error).status !== 404) throw error;
  }
}
