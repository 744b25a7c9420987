// Bars up for money in, bars down for money out, a line for net; a step is a month or a day.
import { useCallback } from 'react';
import { type Palette, stepped, tip, useChart } from './useChart';

type Series = 'in' | 'out' | 'net';

interface Props {
  steps: string[];
  into: number[];
  /** Negative, drawn below zero. */
  out: number[];
  /** Null where nothing moved. */
  net: (number | null)[];
  label: string;
  names: Record<Series, string>;
  /** A step on the axis. */
  short: (step: string) => string;
  /** A step in the tip. */
  long: (step: string) => string;
  axis: (value: number) => string;
  /** The exact figure as the language writes it. */
  exact: (series: Series, step: string) => string;
  onOpen: (series: Series, step: string) => void;
}

export default function FlowChart(props: Props) {
  const { steps, into, out, net, label, names, short, long, axis, exact, onOpen } = props;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the writers change with the language, as the names do
  const option = useCallback(
    (colours: Palette) => {
      const base = stepped(steps, colours, short, axis);
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
            const name = steps[at] ?? '';
            return tip(long(name), [
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
    [steps, into, out, net, names.in, names.out, names.net],
  );
  const element = useChart(option, ({ seriesId, index }) => {
    const at = steps[index];
    if (at) onOpen(seriesId as Series, at);
  });
  return <div ref={element} role="img" aria-label={label} style={{ height: '100%' }} />;
}
