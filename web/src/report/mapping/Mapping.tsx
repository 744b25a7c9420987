// How a file was read: its format, what was decided for each column and why.
import { useTranslation } from 'react-i18next';
import type { Source } from '../../api/types';
import { useFormat } from '../../format/useFormat';
import { useReport } from '../context';
import { Columns } from './Columns';
import css from './Mapping.module.css';

const DELIMITERS: Record<string, 'comma' | 'semicolon' | 'tab' | 'pipe' | 'space'> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'pipe',
  ' ': 'space',
};
const KINDS = ['statement', 'ledger', 'trial_balance', 'invoices', 'sales'] as const;
const BASES = ['money_accounts', 'income_and_expenses', 'accounts'] as const;

interface Props {
  source: Source;
  /** By its place in the report, from 0. */
  place: number;
}

export function Mapping({ source, place }: Props) {
  const { t } = useTranslation();
  const { report } = useReport();
  const decisions = useDecisions(source);
  return (
    <div className={css.reading}>
      <h3>
        {t('report.quality.sourceTitle')}
        {report.files.length > 1 && `: ${source.fileName}`}
      </h3>
      <dl className={css.facts}>
        {decisions.map(([name, value]) => (
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
      {source.columns.length > 0 && <Columns source={source} place={place} />}
    </div>
  );
}

/** Names and values in words; what does not arise for the format is left out. */
function useDecisions(source: Source): [string, string][] {
  const { t } = useTranslation();
  const format = useFormat();
  const delimiter = DELIMITERS[source.delimiter];
  const order = (['dmy', 'mdy', 'ymd'] as const).find((name) => name === source.dateOrder);
  const sign = (['plus_in', 'plus_out'] as const).find((name) => name === source.sign);
  const kind = KINDS.find((name) => name === source.kind);
  const basis = BASES.find((name) => name === source.basis);
  const decimal = ({ ',': 'comma', '.': 'dot' } as const)[source.decimal as ',' | '.'];
  const header =
    Number(source.headerLine) > 0
      ? t('report.quality.headerLine', { line: format.integer(source.headerLine) })
      : t('report.quality.noHeader');
  const all: [string, string][] = [
    [t('report.quality.kind'), kind ? t(`report.quality.kinds.${kind}`) : source.kind],
    [t('report.quality.kindEvidence'), source.kindEvidence.join(', ')],
    [t('report.quality.basis'), basis ? t(`report.quality.bases.${basis}`) : ''],
    [t('report.quality.format'), source.format.toUpperCase()],
    [t('report.quality.size'), format.bytes(Number(source.sizeBytes))],
    [t('report.quality.encoding'), source.encoding],
    [t('report.quality.delimiter'), delimiter ? t(`report.quality.delimiters.${delimiter}`) : source.delimiter],
    [t('report.quality.header'), source.columns.length === 0 ? '' : header],
    [t('report.quality.dateOrder'), order ? t(`report.quality.dateOrders.${order}`) : ''],
    [t('report.quality.decimal'), decimal ? t(`report.quality.decimals.${decimal}`) : ''],
    [t('report.quality.sign'), sign ? t(`report.quality.signs.${sign}`) : ''],
  ];
  return all.filter(([, value]) => value !== '');
}
