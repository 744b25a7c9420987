// The head of the report: which file, which days, whether it is proved.
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/useFormat';
import { Heading } from '../frame/Heading';
import { Icon } from '../frame/Icon';
import { useReport } from './context';
import css from './Intro.module.css';
import { called, fileNames } from './names';

/** `named`: says that it speaks of the whole file, where the rest is about a part of it. */
export function Intro({ named }: { named: boolean }) {
  const { t } = useTranslation();
  const { report, facts } = useReport();
  const format = useFormat();
  const period = facts.period();
  const transactions = Number(report.quality?.transactions ?? 0);
  return (
    <header>
      <Heading>{called(fileNames(report)) || t('app.name')}</Heading>
      <p className={css.meta}>
        {named && <span className={css.scope}>{t('period.whole')}</span>}
        {period && <span>{format.period(period.from, period.to)}</span>}
        <span>{t('report.read', { count: transactions, formatted: format.integer(transactions) })}</span>
        <Verdict />
      </p>
    </header>
  );
}

function Verdict() {
  const { t } = useTranslation();
  const { report } = useReport();
  const status = report.quality?.proof?.status;
  const [state, icon, text] =
    status === 'STATUS_RECONCILED'
      ? (['good', 'check', t('report.reconciled')] as const)
      : status === 'STATUS_NOT_RECONCILED'
        ? (['warn', 'warn', t('report.notReconciled')] as const)
        : (['none', 'info', t('report.noBalances')] as const);
  return (
    <a className={css.verdict} data-state={state} href="#quality">
      <Icon name={icon} size={16} />
      {text}
    </a>
  );
}
