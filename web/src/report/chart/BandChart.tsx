// A line that is known, its forecast with two bands, and faint lines of what was forecast before.
import { useCallback } from 'react';
import type { Lines } from '../forecast';
import { type Palette, stepped, tip, useChart } from './useChart';

interface Props {
  months: string[];
  lines: Lines;
  label: string;
  month: (value: string) => string;
  axis: (value: number) => string;
  /** Title and lines of the tip over a month. */
  told: (month: string) => { title: string; lines: [string, string][] };
  onOpen: (month: string) => void;
}

export default function BandChart({ months, lines, label, month, axis, told, onOpen }: Props) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the writers change with the language, as the label does
  const option = useCallback(
    (colours: Palette) => {
      const base = stepped(months, colours, month, axis);
      const line = { type: 'line' as const, symbol: 'none', cursor: 'pointer' };
      // A band is a bare line at its lower end with its height stacked upon it.
      const bands = lines.bands.flatMap(({ low, high }, at) => {
        const stack = {
          ...line,
          stack: `band ${at}`,
          stackStrategy: 'all' as const,
          lineStyle: { opacity: 0 },
          silent: true,
        };
        const height = high.map((top, place) => {
          const bottom = low[place];
          return top === null || bottom === null || bottom === undefined ? null : top - bottom;
        });
        return [
          { ...stack, id: `low ${at}`, data: low },
          { ...stack, id: `high ${at}`, data: height, areaStyle: { color: colours.in, opacity: 0.14 } },
        ];
      });
      const past = lines.past.map((data, at) => ({
        ...line,
        id: `past ${at}`,
        data,
        silent: true,
        lineStyle: { color: colours.muted, width: 1, opacity: 0.45 },
      }));
      return {
        ...base,
        tooltip: {
          ...base.tooltip,
          axisPointer: { type: 'line' as const, lineStyle: { color: colours.zero } },
          formatter: (points: unknown) => {
            const at = (points as { dataIndex: number }[])[0]?.dataIndex ?? 0;
            const { title, lines } = told(months[at] ?? '');
            return tip(title, lines);
          },
        },
        series: [
          ...bands,
          ...past,
          {
            ...line,
            id: 'middle',
            data: lines.middle,
            symbol: 'circle',
            symbolSize: 6,
            lineStyle: { color: colours.in, width: 2, type: 'dashed' as const },
            itemStyle: { color: colours.in, borderColor: colours.page, borderWidth: 1.5 },
          },
          {
            ...line,
            id: 'known',
            data: lines.known,
            symbol: 'circle',
            symbolSize: 6,
            lineStyle: { color: colours.net, width: 2 },
            itemStyle: { color: colours.net, borderColor: colours.page, borderWidth: 1.5 },
            markLine: {
              symbol: 'none',
              silent: true,
              animation: false,
              label: { show: false },
              lineStyle: { color: colours.zero, type: 'solid' as const, width: 1 },
              data: [{ yAxis: 0 }],
            },
          },
        ],
      };
    },
    [months, lines, label],
  );
  const element = useChart(option, ({ index }) => {
    const at = months[index];
    if (at) onOpen(at);
  });
  return <div ref={element} role="img" aria-label={label} style={{ height: '100%' }} />;
}
