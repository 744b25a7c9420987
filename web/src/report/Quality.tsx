// How far to trust the report: what the balances prove, what was left out, how the file was read.
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/useFormat';
import { useReport } from './context';
import { Files } from './Files';
import { CorrectReading } from './mapping/CorrectReading';
import { Mapping } from './mapping/Mapping';
import css from './Quality.module.css';
import { Rejected } from './Rejected';
import shared from './Report.module.css';

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
      {report.files.map(
        ({ source }, place) =>
          source && <Mapping key={source.sha256 + source.fileName} source={source} place={place} />,
      )}
      {report.source && <CorrectReading source={report.source} />}
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
  const stated = (['opening', 'closing', 'several'] as const).find((which) => which === proof?.stated);
  return <p className={css.proof}>{t(`report.quality.unproved.${stated ?? 'none'}`)}</p>;
}
