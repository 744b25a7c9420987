// What a report or an upload is called: its file, or the first of several and how many more.
import type { Report } from '../api/types';

export function called(names: readonly string[]): string {
  const [first, ...more] = names;
  return more.length === 0 ? (first ?? '') : `${first} + ${more.length}`;
}

export function fileNames(report: Report): string[] {
  return report.files.map(({ source }) => source?.fileName ?? '');
}
