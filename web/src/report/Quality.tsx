// How far to trust the report: what the balances prove, what was left out, how the file was read.
import { useTranslation } from 'react-i18next';
import type { Source } from '../api/types';
import { useFormat } from '../format/useFormat';
import { useReport } from './context';
import { Details } from './Details';
import { Files } from './Files';
import css from './Quality.module.css';
import { Rejected } from './Rejected';
import shared from './Report.module.css';
import { Scroll } from './Scroll';

export function Quality() {
  const { t } = useTranslation();
  const { report } = useReport();
  const format = useFormat();
  const quality = report.quality;
  if (!quality) return null;
  return (
    <section id="quality" className={shared.section} aria-labelledby="quality-title" tabIndex={-1}>
      <h2 id="quality-title">{t('report.quality.title')}</h2>
      <Proof />
      <dl className={css.counts}>
        <div>
          <dt>{t('report.quality.rowsRead')}</dt>
          <dd className="num">{format.integer(quality.rowsRead)}</dd>
        </div>
        <div data-sign="=">
          <dt>{t('report.quality.transactions')}</dt>
          <dd className="num">{format.integer(quality.transactions)}</dd>
        </div>
        <div data-sign="+" title={t('report.quality.recognizedHelp')}>
          <dt>{t('report.quality.recognized')}</dt>
          <dd className="num">{format.integer(quality.recognized)}</dd>
        </div>
        <div data-sign="+">
          <dt>{t('report.quality.rejected')}</dt>
          <dd className="num">{format.integer(quality.rejected)}</dd>
        </div>
        {Number(quality.inOtherFiles) > 0 && (
          <div data-sign="+" title={t('report.quality.inOtherFilesHelp')}>
            <dt>{t('report.quality.inOtherFiles')}</dt>
            <dd className="num">{format.integer(quality.inOtherFiles)}</dd>
          </div>
        )}
      </dl>
      {report.files.length > 1 && <Files />}
      <Rejected quality={quality} />
      {report.files.map(({ source }) => source && <Reading key={source.sha256 + source.fileName} source={source} />)}
    </section>
  );
}

function Proof() {
  const { t } = useTranslation();
  const { report } = useReport();
  const format = useFormat();
  const proof = report.quality?.proof;
  if (proof?.status === 'STATUS_RECONCILED') {
    const method = (
      [
        'running_balance',
        'opening_and_closing',
        'stated_totals',
        'double_entry',
        'account_balances',
        'line_sums',
      ] as const
    ).find((name) => name === proof.method);
    return <p className={css.proof}>{t(`report.quality.reconciled.${method ?? 'other'}`)}</p>;
  }
  if (proof?.status === 'STATUS_NOT_RECONCILED') {
    return (
      <p className={css.proof} data-state="warn">
        {proof.missing
          ? t('report.quality.notReconciled', { amount: format.money(proof.missing, { sign: true }) })
          : t('report.quality.notReconciledNoAmount')}
        {Number(proof.line) > 0 && ` ${t('report.quality.atLine', { line: format.integer(proof.line) })}`}
      </p>
    );
  }
  return <p className={css.proof}>{t('report.quality.none')}</p>;
}

const DELIMITERS: Record<string, 'comma' | 'semicolon' | 'tab' | 'pipe' | 'space'> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'pipe',
  ' ': 'space',
};
const ROLES = [
  'date',
  'value_date',
  'amount',
  'debit',
  'credit',
  'direction',
  'balance',
  'currency',
  'counterparty',
  'description',
  'account',
  'category',
  'reference',
  'status',
  'quantity',
  'price',
  'tax',
  'due_date',
  'product',
  'ignored',
] as const;

const KINDS = ['statement', 'ledger', 'trial_balance', 'invoices', 'sales'] as const;
const BASES = ['money_accounts', 'income_and_expenses', 'accounts'] as const;

function Reading({ source }: { source: Source }) {
  const { t } = useTranslation();
  const { report } = useReport();
  const format = useFormat();
  const delimiter = DELIMITERS[source.delimiter];
  const order = (['dmy', 'mdy', 'ymd'] as const).find((name) => name === source.dateOrder);
  const sign = (['plus_in', 'plus_out'] as const).find((name) => name === source.sign);
  const kind = KINDS.find((name) => name === source.kind);
  const basis = BASES.find((name) => name === source.basis);
  const entries: [string, string][] = [
    [t('report.quality.kind'), kind ? t(`report.quality.kinds.${kind}`) : source.kind],
    [t('report.quality.kindEvidence'), source.kindEvidence.join(', ')],
    [t('report.quality.basis'), basis ? t(`report.quality.bases.${basis}`) : ''],
    [t('report.quality.format'), source.format.toUpperCase()],
    [t('report.quality.size'), format.bytes(Number(source.sizeBytes))],
    [t('report.quality.encoding'), source.encoding],
    [t('report.quality.delimiter'), delimiter ? t(`report.quality.delimiters.${delimiter}`) : source.delimiter],
    [
      t('report.quality.header'),
      source.columns.length === 0
        ? ''
        : Number(source.headerLine) > 0
          ? t('report.quality.headerLine', { line: format.integer(source.headerLine) })
          : t('report.quality.noHeader'),
    ],
    [t('report.quality.dateOrder'), order ? t(`report.quality.dateOrders.${order}`) : ''],
    [
      t('report.quality.decimal'),
      source.decimal === ',' || source.decimal === '.'
        ? t(`report.quality.decimals.${source.decimal === ',' ? 'comma' : 'dot'}`)
        : '',
    ],
    [t('report.quality.sign'), sign ? t(`report.quality.signs.${sign}`) : ''],
  ];
  return (
    <div className={css.reading}>
      <h3>
        {t('report.quality.sourceTitle')}
        {report.files.length > 1 && `: ${source.fileName}`}
      </h3>
      <dl className={css.facts}>
        {entries
          .filter(([, value]) => value !== '')
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        <div className={css.hash}>
          <dt>{t('report.quality.sha256')}</dt>
          <dd>{source.sha256}</dd>
        </div>
      </dl>
      {source.columns.length > 0 && (
        <Details summary={t('report.quality.columnsTitle')}>
          <Scroll label={t('report.quality.columnsTitle')}>
            <table className={shared.table}>
              <thead>
                <tr>
                  <th scope="col">{t('report.quality.number')}</th>
                  <th scope="col">{t('report.quality.columnHeader')}</th>
                  <th scope="col">{t('report.quality.role')}</th>
                  <th scope="col">{t('report.quality.evidence')}</th>
                </tr>
              </thead>
              <tbody>
                {source.columns.map((column) => {
                  const role = ROLES.find((name) => name === column.role);
                  const evidence = (['header', 'values'] as const).find((name) => name === column.evidence);
                  const used = column.role !== 'ignored';
                  return (
                    <tr key={column.number} className={used ? undefined : 'muted'}>
                      <td className="num">{format.integer(column.number)}</td>
                      <th scope="row">{column.header || '\u2013'}</th>
                      <td>{role ? t(`report.quality.roles.${role}`) : column.role}</td>
                      <td className="muted">
                        {used && evidence ? t(`report.quality.evidences.${evidence}`) : '\u2013'}
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </Scroll>
        </Details>
      )}
    </div>
  );
}
