// Chooses a period: the whole file, a year, a quarter, a month, or any months in a row.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../format/useFormat';
import { Select } from '../Select';
import css from './Period.module.css';
import { offered, type Span, same } from './span';
import { useSpanName } from './useSpanName';

interface Props {
  label: string;
  aside?: boolean;
  /** Of the file, ascending and without gaps. */
  months: readonly string[];
  /** Undefined for the whole file. */
  span: Span | undefined;
  onSpan: (span: Span | undefined) => void;
}

/** The value of the list for months of the reader's own choice. */
const OWN = 'own';

const coded = (span: Span) => `${span.first}..${span.last}`;

export function PeriodSelect({ label, aside = false, months, span, onSpan }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = useSpanName();
  const [own, setOwn] = useState(false);
  const groups = offered(months);
  const all = [...groups.years, ...groups.quarters, ...groups.months];
  const listed = all.find((one) => same(one, span));
  const isOwn = span !== undefined && (own || !listed);

  const choose = (value: string) => {
    setOwn(value === OWN);
    if (value === OWN) onSpan(span ?? { first: months[0] ?? '', last: months.at(-1) ?? '' });
    else onSpan(all.find((one) => coded(one) === value));
  };
  // The other end follows where it would stand on the wrong side.
  const from = (first: string) => span && onSpan({ first, last: span.last < first ? first : span.last });
  const to = (last: string) => span && onSpan({ first: span.first > last ? last : span.first, last });
  const options = [...months].reverse().map((month) => (
    <option key={month} value={month}>
      {format.month(month)}
    </option>
  ));
  return (
    <span className={css.period}>
      <Select label={label} aside={aside} value={isOwn ? OWN : span ? coded(span) : ''} onChange={choose}>
        <option value="">{t('period.whole')}</option>
        {(['years', 'quarters', 'months'] as const).map(
          (kind) =>
            groups[kind].length > 0 && (
              <optgroup key={kind} label={t(`period.${kind}`)}>
                {groups[kind].map((one) => (
                  <option key={coded(one)} value={coded(one)}>
                    {name(one)}
                  </option>
                ))}
              </optgroup>
            ),
        )}
        {months.length > 2 && <option value={OWN}>{t('period.own')}</option>}
      </Select>
      {isOwn && (
        <>
          <Select label={t('period.from')} value={span.first} onChange={from}>
            {options}
          </Select>
          <Select label={t('period.to')} value={span.last} onChange={to}>
            {options}
          </Select>
        </>
      )}
    </span>
  );
}
