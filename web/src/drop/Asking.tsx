// The one question that a file may leave open, with a preview of each answer.
import { Button } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Question } from '../api/types';
import { useFormat } from '../format/useFormat';
import { Heading } from '../frame/Heading';
import css from './Asking.module.css';

interface Props {
  name: string;
  question: Question;
  onAnswer: (value: string) => void;
  onCancel: () => void;
}

const HEADINGS = ['date_order', 'decimal', 'currency', 'sign'] as const;

export function Asking({ name, question, onAnswer, onCancel }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  // Nothing is chosen for the user: that would be the guess that the question is there to avoid.
  const [value, setValue] = useState<string>();
  const heading = HEADINGS.find((hint) => hint === question.hint) ?? 'other';

  const label = (choice: string): string => {
    if (question.hint === 'decimal') return t(`question.choice.decimal.${choice === ',' ? 'comma' : 'dot'}`);
    if (question.hint === 'date_order' && (choice === 'dmy' || choice === 'mdy' || choice === 'ymd')) {
      return t(`question.choice.date_order.${choice}`);
    }
    if (question.hint === 'sign' && (choice === 'plus_in' || choice === 'plus_out')) {
      return t(`question.choice.sign.${choice}`);
    }
    return question.hint === 'currency' ? `${choice} \u00b7 ${format.currencyName(choice)}` : choice;
  };
  const read = (text: string): string => {
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return format.day(text);
    return /^-?\d+(\.\d+)?$/.test(text) ? format.money({ amount: text, currency: '' }) : text;
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (value !== undefined) onAnswer(value);
  };

  return (
    <form className={css.page} onSubmit={submit}>
      <p className={css.eyebrow}>{t('question.eyebrow')}</p>
      <Heading>{t(`question.heading.${heading}`)}</Heading>
      <p className={css.why}>
        {question.column ? t('question.whyColumn', { name, column: question.column }) : t('question.why', { name })}
      </p>
      <fieldset className={css.choices}>
        <legend className="aside">{t(`question.heading.${heading}`)}</legend>
        {question.choices.map((choice) => (
          <label key={choice.value} className={css.choice}>
            <span className={css.pick}>
              <input
                type="radio"
                name="choice"
                value={choice.value}
                required
                checked={value === choice.value}
                onChange={() => setValue(choice.value)}
              />
              <span className={css.label}>{label(choice.value)}</span>
            </span>
            {choice.preview.length > 0 && (
              <table className={css.preview}>
                <thead>
                  <tr>
                    <th scope="col">{t('question.written')}</th>
                    <th scope="col">{t('question.read')}</th>
                  </tr>
                </thead>
                <tbody>
                  {choice.preview.map((reading) => (
                    <tr key={reading.written}>
                      <td className="num">{reading.written}</td>
                      <td className="num">{read(reading.read)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </label>
        ))}
      </fieldset>
      <div className={css.actions}>
        <Button type="submit" size="md">
          {t('question.confirm')}
        </Button>
        <Button variant="default" size="md" onClick={onCancel}>
          {t('question.cancel')}
        </Button>
      </div>
    </form>
  );
}
