// Draws an ECharts option into an element: follows its size, the colour scheme and new data.
import { useComputedColorScheme } from '@mantine/core';
import type { EChartsOption } from 'echarts';
import { type RefObject, useEffect, useRef } from 'react';
import { usePrinting } from '../printing';
import { init } from './echarts';

/** The width of A4 within its margins, in CSS pixels. */
const PAPER = 680;

export interface Palette {
  in: string;
  out: string;
  net: string;
  text: string;
  muted: string;
  line: string;
  zero: string;
  page: string;
  font: string;
}

type Chart = ReturnType<typeof init>;

export interface Click {
  seriesId: string;
  index: number;
}

/** `option` is made anew whenever it or the palette changes; `onClick` hears the series and the place on the axis. */
export function useChart(
  option: (palette: Palette) => EChartsOption,
  onClick: (click: Click) => void,
): RefObject<HTMLDivElement | null> {
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<Chart>(undefined);
  const click = useRef(onClick);
  click.current = onClick;
  const scheme = useComputedColorScheme('light');
  const printing = usePrinting();
  const paper = useRef(printing);
  paper.current = printing;

  useEffect(() => {
    if (!element.current) return;
    const made = init(element.current, null, { renderer: 'svg' });
    chart.current = made;
    made.on('click', (event) => {
      if (event.seriesId) click.current({ seriesId: event.seriesId, index: event.dataIndex });
    });
    const box = element.current;
    const watch = new ResizeObserver(() => {
      // It also calls when it begins to watch.
      if (paper.current) return;
      const { clientWidth: width, clientHeight: height } = box;
      if (made.getWidth() !== width || made.getHeight() !== height) made.resize({ width: 'auto' });
    });
    watch.observe(box);
    return () => {
      watch.disconnect();
      made.dispose();
      chart.current = undefined;
    };
  }, []);

  useEffect(() => {
    // The attribute that the palette depends on is set by now.
    void scheme;
    const drawn = chart.current;
    if (printing) drawn?.resize({ width: PAPER });
    drawn?.setOption(option(palette()), { notMerge: true });
    if (!printing) return;
    // The browser prints at once, and does not wait for the next frame.
    drawn?.getZr().flush();
    return () => drawn?.resize({ width: 'auto' });
  }, [option, scheme, printing]);

  return element;
}

function palette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    in: token('--s-in'),
    out: token('--s-out'),
    net: token('--s-net'),
    text: token('--s-text'),
    muted: token('--s-muted'),
    line: token('--s-line'),
    zero: token('--s-line-strong'),
    page: token('--s-page'),
    font: token('--s-font'),
  };
}

/** A tip built of elements, so that no text of the file is ever read as markup. */
export function tip(title: string, lines: [string, string][]): HTMLElement {
  const box = document.createElement('div');
  const head = box.appendChild(document.createElement('div'));
  head.textContent = title;
  head.style.fontWeight = '650';
  const table = box.appendChild(document.createElement('table'));
  for (const [name, value] of lines) {
    const row = table.insertRow();
    row.insertCell().textContent = name;
    const cell = row.insertCell();
    cell.textContent = value;
    cell.style.cssText = 'text-align:end;padding-left:16px;font-variant-numeric:tabular-nums';
  }
  return box;
}

/** What every chart with months or days on its axis shares. */
export function stepped(
  steps: string[],
  colours: Palette,
  name: (step: string) => string,
  axis: (value: number) => string,
) {
  return {
    animation: false,
    textStyle: { fontFamily: colours.font, color: colours.text },
    grid: { left: 4, right: 4, top: 12, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: {
      type: 'category',
      data: steps,
      axisTick: { show: false },
      axisLine: { show: false },
      axisLabel: { color: colours.muted, formatter: name, hideOverlap: true, margin: 12, fontSize: 12 },
    },
    yAxis: {
      type: 'value',
      splitNumber: 4,
      axisLabel: { color: colours.muted, formatter: axis, fontSize: 12 },
      splitLine: { lineStyle: { color: colours.line } },
    },
    tooltip: {
      trigger: 'axis',
      confine: true,
      backgroundColor: colours.page,
      borderColor: colours.line,
      padding: [8, 12],
      textStyle: { color: colours.text, fontFamily: colours.font, fontSize: 13 },
      axisPointer: { type: 'shadow', shadowStyle: { color: colours.zero, opacity: 0.08 } },
    },
  } satisfies EChartsOption;
}
