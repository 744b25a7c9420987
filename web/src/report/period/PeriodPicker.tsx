// The period that the report shows, with a step back and a step ahead.
import { useTranslation } from 'react-i18next';
import { Icon } from '../../frame/Icon';
import css from './Period.module.css';
import { PeriodSelect } from './PeriodSelect';
import { lengthOf, moved, overlap, type Span } from './span';

interface Props {
  months: readonly string[];
  span: Span | undefined;
  onSpan: (span: Span | undefined) => void;
}

export function PeriodPicker({ months, span, onSpan }: Props) {
  const { t } = useTranslation();
  const whole = { first: months[0] ?? '', last: months.at(-1) ?? '' };
  const step = (direction: 1 | -1) => {
    const next = span && moved(span, direction * lengthOf(span));
    return next && overlap(next, whole) ? next : undefined;
  };
  const [earlier, later] = [step(-1), step(1)];
  return (
    <span className={css.picker}>
      <PeriodSelect label={t('period.label')} months={months} span={span} onSpan={onSpan} />
      {span && (
        <span className={css.steps}>
          <button
            type="button"
            className={css.step}
            aria-label={t('period.earlier')}
            title={t('period.earlier')}
            disabled={!earlier}
            onClick={() => earlier && onSpan(earlier)}
          >
            <span className={css.back}>
              <Icon name="chevron" />
            </span>
          </button>
          <button
            type="button"
            className={css.step}
            aria-label={t('period.later')}
            title={t('period.later')}
            disabled={!later}
            onClick={() => later && onSpan(later)}
          >
            <Icon name="chevron" />
          </button>
        </span>
      )}
    </span>
  );
}
