// What a change is made of: the figure before and the one after, each of which opens its rows.
import { useTranslation } from 'react-i18next';
import { type Opened, type Part, ReportContext } from './context';
import { FactLink } from './FactLink';
import formula from './Formula.module.css';
import css from './RowsDrawer.module.css';

export function ChangeParts({ change }: { change: Extract<Opened, { kind: 'change' }> }) {
  const { t } = useTranslation();
  return (
    <div className={css.head}>
      <p className={`${css.value} num`} data-testid="figure">
        {change.value}
      </p>
      <div className={formula.formula}>
        <p className="muted">{t('compare.change.formula')}</p>
        <ul className={formula.parts}>
          <Line name={t('compare.after')} part={change.after} />
          <Line name={t('compare.before')} part={change.before} />
        </ul>
      </div>
    </div>
  );
}

function Line({ name, part }: { name: string; part: Part | undefined }) {
  const { t } = useTranslation();
  return (
    <li>
      <span className="muted">{name}</span>
      {part ? (
        <ReportContext value={part.data}>
          <FactLink fact={part.fact} />
        </ReportContext>
      ) : (
        <span className="muted">{t('compare.none')}</span>
      )}
    </li>
  );
}
