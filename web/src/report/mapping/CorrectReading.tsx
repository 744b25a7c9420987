// Says how the file is written where the guess was wrong, and reads it again.
import { Button } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Hints, Source } from '../../api/types';
import { useFormat } from '../../format/useFormat';
import { useReport } from '../context';
import { Select } from '../Select';
import { currencyCodes, decidedOf, type Hint, unheeded, withChoices } from './hints';
import css from './Mapping.module.css';

/** The choices of each hint, by the key of its words. */
const CHOICES = {
  date_order: [
    ['dmy', 'question.choice.date_order.dmy'],
    ['mdy', 'question.choice.date_order.mdy'],
    ['ymd', 'question.choice.date_order.ymd'],
  ],
  decimal: [
    ['.', 'question.choice.decimal.dot'],
    [',', 'question.choice.decimal.comma'],
  ],
  sign: [
    ['plus_in', 'question.choice.sign.plus_in'],
    ['plus_out', 'question.choice.sign.plus_out'],
  ],
} as const;

export function CorrectReading({ source }: { source: Source }) {
  const { t } = useTranslation();
  const { report, source: given, readAgain } = useReport();
  const hints = given?.hints ?? {};
  const [choices, setChoices] = useState<Hints>({});
  if (!readAgain) return null;
  const asked = (['date_order', 'decimal', 'sign'] as const).filter((hint) => decidedOf(hint, report, source) !== '');
  const open = decidedOf('currency', report, source) === '' || hints.currency !== undefined;
  if (asked.length === 0 && !open) return null;

  const next = withChoices(hints, choices, report, source);
  const changed = JSON.stringify(next) !== JSON.stringify(hints);
  const choose = (hint: Hint, value: string) => setChoices({ ...choices, [hint]: value });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (changed) readAgain(next);
  };
  return (
    <form className={css.form} data-screen onSubmit={submit} aria-labelledby="correct-reading">
      <h4 id="correct-reading" className={css.title}>
        {t('mapping.title')}
      </h4>
      <p className={css.note}>{t('mapping.note', { count: report.files.length })}</p>
      <div className={css.fields}>
        {asked.map((hint) => (
          <Select
            key={hint}
            label={t(`mapping.hint.${hint}`)}
            value={choices[hint] ?? decidedOf(hint, report, source)}
            onChange={(value) => choose(hint, value)}
          >
            {CHOICES[hint].map(([value, words]) => (
              <option key={value} value={value}>
                {t(words)}
              </option>
            ))}
          </Select>
        ))}
        {open && (
          <Currency
            value={choices.currency ?? decidedOf('currency', report, source)}
            onChange={(value) => choose('currency', value)}
          />
        )}
      </div>
      {unheeded(report, source, hints).map((hint) => (
        <p key={hint} className={css.unheeded} role="status">
          {t(`mapping.unheeded.${hint}`)}
        </p>
      ))}
      <Button type="submit" variant="default" size="md" disabled={!changed}>
        {t('mapping.again')}
      </Button>
    </form>
  );
}

function Currency({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Select label={t('mapping.hint.currency')} value={value} onChange={onChange}>
      {value === '' && <option value="">{t('report.unknownCurrency')}</option>}
      {currencyCodes().map((code) => (
        <option key={code} value={code}>
          {`${code} \u00b7 ${format.currencyName(code)}`}
        </option>
      ))}
    </Select>
  );
}
