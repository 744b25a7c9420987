// Bars up for money in, bars down for money out, a line for net.
import { useCallback } from 'react';
import { monthly, type Palette, tip, useChart } from './useChart';

type Series = 'in' | 'out' | 'net';

interface Props {
  months: string[];
  into: number[];
  /** Negative, drawn below zero. */
  out: number[];
  net: number[];
  label: string;
  names: Record<Series, string>;
  month: (value: string) => string;
  longMonth: (value: string) => string;
  axis: (value: number) => string;
  /** The exact figure as the language writes it. */
  exact: (series: Series, month: string) => string;
  onOpen: (series: Series, month: string) => void;
}

export default function FlowChart(props: Props) {
  const { months, into, out, net, label, names, month, longMonth, axis, exact, onOpen } = props;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the writers change with the language, as the names do
  const option = useCallback(
    (colours: Palette) => {
      const base = monthly(months, colours, month, axis);
      const bar = { type: 'bar' as const, stack: 'flow', barMaxWidth: 40, barCategoryGap: '45%', cursor: 'pointer' };
      const zero = {
        symbol: 'none',
        silent: true,
        animation: false,
        label: { show: false },
        lineStyle: { color: colours.zero, type: 'solid' as const, width: 1 },
        data: [{ yAxis: 0 }],
      };
      return {
        ...base,
        tooltip: {
          ...base.tooltip,
          formatter: (points: unknown) => {
            const at = (points as { dataIndex: number }[])[0]?.dataIndex ?? 0;
            const name = months[at] ?? '';
            return tip(longMonth(name), [
              [names.in, exact('in', name)],
              [names.out, exact('out', name)],
              [names.net, exact('net', name)],
            ]);
          },
        },
        series: [
          {
            ...bar,
            id: 'in',
            name: names.in,
            data: into,
            itemStyle: { color: colours.in, borderRadius: [3, 3, 0, 0] },
            markLine: zero,
          },
          {
            ...bar,
            id: 'out',
            name: names.out,
            data: out,
            itemStyle: { color: colours.out, borderRadius: [0, 0, 3, 3] },
          },
          {
            type: 'line' as const,
            id: 'net',
            name: names.net,
            data: net,
            symbol: 'circle',
            symbolSize: 7,
            showAllSymbol: true,
            lineStyle: { color: colours.net, width: 2 },
            itemStyle: { color: colours.net, borderColor: colours.page, borderWidth: 1.5 },
            z: 5,
          },
        ],
      };
    },
    [months, into, out, net, names.in, names.out, names.net],
  );
  const element = useChart(option, ({ seriesId, index }) => {
    const at = months[index];
    if (at) onOpen(seriesId as Series, at);
  });
  return <div ref={element} role="img" aria-label={label} style={{ height: '100%' }} />;
}
