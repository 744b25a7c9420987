// The balance as a step line: it holds until the next month.
import { useCallback } from 'react';
import { type Palette, stepped, tip, useChart } from './useChart';

interface Props {
  months: string[];
  values: (number | null)[];
  label: string;
  name: string;
  month: (value: string) => string;
  longMonth: (value: string) => string;
  axis: (value: number) => string;
  /** The exact figure as the language writes it. */
  exact: (month: string) => string;
  onOpen: (month: string) => void;
}

export default function StepChart({ months, values, label, name, month, longMonth, axis, exact, onOpen }: Props) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the writers change with the language, as the name does
  const option = useCallback(
    (colours: Palette) => {
      const base = stepped(months, colours, month, axis);
      return {
        ...base,
        tooltip: {
          ...base.tooltip,
          formatter: (points: unknown) => {
            const at = (points as { dataIndex: number }[])[0]?.dataIndex ?? 0;
            const shown = months[at] ?? '';
            return tip(longMonth(shown), [[name, exact(shown)]]);
          },
        },
        series: [
          {
            type: 'line' as const,
            id: 'balance',
            step: 'middle' as const,
            name,
            data: values,
            symbol: 'circle',
            symbolSize: 7,
            showAllSymbol: true,
            connectNulls: true,
            lineStyle: { color: colours.in, width: 2 },
            itemStyle: { color: colours.in, borderColor: colours.page, borderWidth: 1.5 },
          },
        ],
      };
    },
    [months, values, name],
  );
  const element = useChart(option, ({ index }) => {
    const at = months[index];
    if (at) onOpen(at);
  });
  return <div ref={element} role="img" aria-label={label} style={{ height: '100%' }} />;
}
