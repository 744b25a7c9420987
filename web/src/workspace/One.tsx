// One line of the history: what it is called, where it stands, what it says in short.
import { useTranslation } from 'react-i18next';
import type { Analysis } from '../api/types';
import { useFormat } from '../format/useFormat';
import { Icon, type IconName } from '../frame/Icon';
import { madeAt } from '../kept/made';
import { called } from '../report/names';
import { hashOf, keptAt } from '../session/route';
import css from './History.module.css';

interface Props {
  analysis: Analysis;
  picked: boolean;
  onPick: () => void;
  onDelete: () => void;
}

/** The words of each state, and its sign. */
const STATES: Partial<
  Record<Analysis['state'], [key: 'queued' | 'running' | 'asking' | 'failed' | 'cancelled', IconName]>
> = {
  ANALYSIS_STATE_QUEUED: ['queued', 'lines'],
  ANALYSIS_STATE_RUNNING: ['running', 'lines'],
  ANALYSIS_STATE_ASKING: ['asking', 'info'],
  ANALYSIS_STATE_FAILED: ['failed', 'warn'],
  ANALYSIS_STATE_CANCELLED: ['cancelled', 'info'],
};

export function nameOf({ title, files }: Analysis): string {
  const names = files.map(({ name }) => name);
  // A title that somebody gave says more than the names of the files.
  return title && title !== names[0] ? title : called(names) || title;
}

export function One({ analysis, picked, onPick, onDelete }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const { id, digest, createdAt } = analysis;
  const name = nameOf(analysis);
  const begun = Date.parse(createdAt ?? '');
  const transactions = Number(digest?.transactions ?? 0);
  const pickable = analysis.state === 'ANALYSIS_STATE_DONE';
  return (
    <li className={css.one} data-picked={picked || undefined}>
      <label className={css.pick} title={pickable ? undefined : t('history.noReport')}>
        <input type="checkbox" checked={picked} disabled={!pickable} onChange={onPick} />
        <span className="aside">{t('history.pick', { name })}</span>
      </label>
      <a className={css.link} href={hashOf(keptAt(id))}>
        <span className={css.name}>
          {name} <State analysis={analysis} />
        </span>
        <span className={css.what}>
          {digest?.period && <span>{format.period(digest.period.from, digest.period.to)}</span>}
          {digest && <span>{t('report.read', { count: transactions, formatted: format.integer(transactions) })}</span>}
          {!Number.isNaN(begun) && <span>{t('history.begun', { when: madeAt(begun, format.locale) })}</span>}
        </span>
      </a>
      {digest && <Totals digest={digest} />}
      <button type="button" className={css.erase} aria-label={t('history.deleteOf', { name })} onClick={onDelete}>
        <Icon name="bin" size={18} />
      </button>
    </li>
  );
}

function State({ analysis }: { analysis: Analysis }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [key, icon] = STATES[analysis.state] ?? [];
  if (!key || !icon) return null;
  const { done = '0', total = '0' } = analysis.progress ?? {};
  const share = key === 'running' && Number(total) > 0 ? Math.min(1, Number(done) / Number(total)) : undefined;
  return (
    <span className={css.state} data-state={key}>
      <Icon name={icon} size={16} />
      {t(`history.state.${key}`)}
      {share !== undefined && ` ${format.wholePercent(Math.floor(share * 100) / 100)}`}
    </span>
  );
}

/** What came in and went out, in each currency. */
function Totals({ digest }: { digest: NonNullable<Analysis['digest']> }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <dl className={css.totals}>
      {digest.totals.map(({ moneyIn, moneyOut }) => (
        <div key={moneyIn?.currency ?? moneyOut?.currency}>
          <dt>{t('history.in')}</dt>
          <dd className="num">{moneyIn && format.money(moneyIn)}</dd>
          <dt>{t('history.out')}</dt>
          <dd className="num">{moneyOut && format.money(moneyOut)}</dd>
        </div>
      ))}
    </dl>
  );
}
