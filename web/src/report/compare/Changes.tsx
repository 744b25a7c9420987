// The tables of a comparison: figures, categories, counterparties; every figure opens its rows.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Fact, Report } from '../../api/types';
import { sign } from '../../format/decimal';
import { useFormat, useLanguage } from '../../format/useFormat';
import { type Part, ReportContext, type ReportData, useReport } from '../context';
import { FactLink } from '../FactLink';
import { More } from '../More';
import { End, type Heading, Name, Nothing, Table } from '../Table';
import { useFirst } from '../useFirst';
import css from './Compare.module.css';
import { type Change, changeOf, changesOf } from './changes';
import type { Side } from './side';

const FIGURES = ['money_in', 'money_out', 'net', 'closing_balance', 'transactions'] as const;
const PARTS = ['money_out', 'money_in'] as const;
const FIRST = 10;

/** More are not drawn at once; how many are left out is said. */
const MOST = 500;

interface Props {
  currency: string;
  before: Side;
  after: Side;
}

export function Changes({ currency, before, after }: Props) {
  const { t } = useTranslation();
  const category = useCategoryNames([before.data.report, after.data.report]);
  const sides = { before: before.data, after: after.data };
  const figures = useMemo(() => {
    const at = ({ data }: Side, metric: string) => data.facts.find(metric, { currency });
    return FIGURES.map((metric) => changeOf(metric, at(before, metric), at(after, metric))).filter(
      (change) => change !== undefined,
    );
  }, [before, after, currency]);
  const along = (metric: string, by: string) =>
    changesOf(before.data.facts.along(metric, { currency }, by), after.data.facts.along(metric, { currency }, by));
  return (
    <>
      <ChangesTable
        title={t('report.figures')}
        of={t('compare.figure')}
        changes={figures}
        sides={sides}
        name={(key) => t(`report.metric.${key as 'net'}`)}
      />
      {before.categories && after.categories ? (
        PARTS.map((metric) => (
          <ChangesTable
            key={metric}
            title={t(`report.categories.${metric === 'money_out' ? 'out' : 'in'}`)}
            of={t('report.rows.category')}
            changes={along(metric, 'category')}
            sides={sides}
            name={category}
          />
        ))
      ) : (
        <p className={css.note}>{t('compare.incomplete')}</p>
      )}
      {before.counterparties && after.counterparties
        ? PARTS.map((metric) => (
            <ChangesTable
              key={metric}
              title={t(`compare.counterparties.${metric}`)}
              of={t('report.counterparties.name')}
              changes={along(metric, 'counterparty')}
              sides={sides}
              name={(key) => key}
            />
          ))
        : before.categories && after.categories && <p className={css.note}>{t('compare.incompleteNames')}</p>}
    </>
  );
}

interface TableProps {
  title: string;
  /** What the rows are called. */
  of: string;
  changes: Change[];
  sides: { before: ReportData; after: ReportData };
  name: (key: string) => string;
}

function ChangesTable({ title, of, changes, sides, name }: TableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const first = useFirst(changes.slice(0, MOST), FIRST);
  if (changes.length === 0) return null;
  const headings: Heading[] = [
    { name: of },
    { name: t('compare.before'), end: true },
    { name: t('compare.after'), end: true },
    { name: t('compare.change.title'), end: true },
    { name: t('compare.change.share'), end: true },
  ];
  return (
    <div className={css.part}>
      <h3>{title}</h3>
      <Table label={title} headings={headings}>
        {first.shown.map((change) => (
          <tr key={change.key}>
            <Name>{name(change.key)}</Name>
            <Cell fact={change.before} data={sides.before} />
            <Cell fact={change.after} data={sides.after} />
            <End>
              <ChangeLink change={change} title={`${t('compare.change.title')}: ${name(change.key)}`} sides={sides} />
            </End>
            <End>
              {change.state === 'both' ? (
                <Share share={change.share} />
              ) : (
                <em className={css.state}>{t(`compare.${change.state}`)}</em>
              )}
            </End>
          </tr>
        ))}
      </Table>
      <More {...first} />
      {changes.length > MOST && (
        <p className={css.note}>
          {t('compare.most', { shown: format.integer(MOST), of: format.integer(changes.length) })}
        </p>
      )}
    </div>
  );
}

/** A figure opens the rows of its own side. */
function Cell({ fact, data }: { fact: Fact | undefined; data: ReportData }) {
  return (
    <End>
      {fact ? (
        <ReportContext value={data}>
          <FactLink fact={fact} />
        </ReportContext>
      ) : (
        <Nothing />
      )}
    </End>
  );
}

function ChangeLink({ change, title, sides }: { change: Change; title: string; sides: TableProps['sides'] }) {
  const { open } = useReport();
  const format = useFormat();
  const money = (change.after ?? change.before)?.money;
  const plain = (amount: string) =>
    money ? format.money({ amount, currency: money.currency }, { sign: true }) : format.integer(amount);
  const value = !money && sign(change.change) > 0 ? `+${plain(change.change)}` : plain(change.change);
  const part = (fact: Fact | undefined, data: ReportData): Part | undefined => fact && { fact, data };
  return (
    <button
      type="button"
      className="open num"
      onClick={() =>
        open({
          kind: 'change',
          title,
          value,
          before: part(change.before, sides.before),
          after: part(change.after, sides.after),
        })
      }
    >
      {value}
    </button>
  );
}

function Share({ share }: { share: string | undefined }) {
  const format = useFormat();
  if (share === undefined) return <Nothing />;
  return <span className="num">{`${sign(share) > 0 ? '+' : ''}${format.percent(share)}`}</span>;
}

/** A category of the user's own may stand in one of two reports only. */
function useCategoryNames(reports: readonly Report[]): (key: string) => string {
  const language = useLanguage();
  return (key) => {
    const found = reports.flatMap(({ categories }) => categories).find((one) => one.key === key);
    return found?.names[language] ?? found?.names.en ?? key;
  };
}
