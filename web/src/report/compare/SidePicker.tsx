// The period of one side of a comparison, and its file where there are two.
import { useTranslation } from 'react-i18next';
import { called, fileNames } from '../names';
import { PeriodSelect } from '../period/PeriodSelect';
import type { Span } from '../period/span';
import css from './Compare.module.css';
import type { Side } from './side';

interface Props {
  label: string;
  side: Side;
  named: boolean;
  onSpan: (span: Span | undefined) => void;
}

export function SidePicker({ label, side, named, onSpan }: Props) {
  const { t } = useTranslation();
  const status = side.whole.report.quality?.proof?.status;
  const verdict = t(
    status === 'STATUS_RECONCILED'
      ? 'report.reconciled'
      : status === 'STATUS_NOT_RECONCILED'
        ? 'report.notReconciled'
        : 'report.noBalances',
  );
  return (
    <div className={css.side}>
      <PeriodSelect label={label} months={side.months} span={side.span} onSpan={onSpan} />
      {named && (
        <p className={css.file}>
          {called(fileNames(side.whole.report))}
          {' \u00b7 '}
          {verdict}
        </p>
      )}
    </div>
  );
}
