// "This is …": the category of a counterparty or text, in the user's own word.
import { Button } from '@mantine/core';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat, useLanguage } from '../format/useFormat';
import { useReport } from '../report/context';
import { useCategoryName, useReason } from '../report/labels';
import type { Entry } from '../report/rows';
import { useWorkspace } from '../workspace/context';
import css from './Correct.module.css';
import { CATEGORY_LENGTH, isCorrection, TEXT_LENGTH } from './list';

interface Props {
  entry: Entry;
  onCancel: () => void;
}

/** What a correction of a row is about. */
export const textOf = ({ counterparty, description }: Entry): string =>
  [...(counterparty || description)].slice(0, TEXT_LENGTH).join('');

export function Correct({ entry, onCancel }: Props) {
  const { t } = useTranslation();
  const { report, correct } = useReport();
  const workspace = useWorkspace();
  const language = useLanguage();
  const format = useFormat();
  const category = useCategoryName();
  const reason = useReason();
  const field = useRef<HTMLInputElement>(null);
  const [name, setName] = useState('');
  const [id, names] = [useId(), useId()];
  const text = textOf(entry);
  useEffect(() => field.current?.focus(), []);

  // The server knows its categories by their names in either language.
  const one = { text, category: name.trim() };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isCorrection(one)) correct?.(one);
  };
  return (
    <form className={css.form} onSubmit={submit} aria-label={t('corrections.heading', { text })}>
      <label htmlFor={id} className={css.label}>
        {t('corrections.heading', { text })}
      </label>
      <p className={css.now}>{[category(entry.category), reason(entry, format)].filter(Boolean).join(' \u00b7 ')}</p>
      <input
        ref={field}
        id={id}
        className={css.field}
        list={names}
        value={name}
        maxLength={CATEGORY_LENGTH}
        placeholder={t('corrections.placeholder')}
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={(event) => {
          // Escape closes this first, the panel next.
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          onCancel();
        }}
      />
      <datalist id={names}>
        {report.categories.map(({ key, names: of }) => (
          <option key={key} value={of[language] ?? key} />
        ))}
      </datalist>
      <p className={css.note}>{t(workspace ? 'corrections.noteKept' : 'corrections.note')}</p>
      <div className={css.actions}>
        <Button type="submit" size="md" disabled={!isCorrection(one)}>
          {t('corrections.save')}
        </Button>
        <Button variant="default" size="md" onClick={onCancel}>
          {t('corrections.cancel')}
        </Button>
      </div>
    </form>
  );
}
