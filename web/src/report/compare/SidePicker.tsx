// The period of one side of a comparison, and its file where there are two.
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
  return (
    <div className={css.side}>
      <PeriodSelect label={label} months={side.months} span={side.span} onSpan={onSpan} />
      {named && <p className={css.file}>{called(fileNames(side.whole.report))}</p>}
    </div>
  );
}
