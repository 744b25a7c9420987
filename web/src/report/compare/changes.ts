// What changed between two sets of figures: by how much, what is new and what is gone.
import type { Fact } from '../../api/types';
import { approximate, difference, ratio, sign } from '../../format/decimal';

export interface Change {
  /** The category, the counterparty or the metric. */
  key: string;
  before: Fact | undefined;
  after: Fact | undefined;
  /** After minus before, exact; what is absent counts as nothing. */
  change: string;
  /** The change over what was before; undefined where nothing was, or less than nothing. */
  share: string | undefined;
  state: 'new' | 'gone' | 'both';
}

/** One figure on both sides; undefined where neither has it. */
export function changeOf(key: string, before: Fact | undefined, after: Fact | undefined): Change | undefined {
  if (!before && !after) return undefined;
  const [earlier, later] = [amountOf(before), amountOf(after)];
  const change = difference(later, earlier);
  return {
    key,
    before,
    after,
    change,
    share: sign(earlier) > 0 && after ? ratio(change, earlier) : undefined,
    state: before ? (after ? 'both' : 'gone') : 'new',
  };
}

/** Figures by the same key, the largest change first. A figure of zero is as good as none. */
export function changesOf(before: ReadonlyMap<string, Fact>, after: ReadonlyMap<string, Fact>): Change[] {
  const some = (fact: Fact | undefined) => (fact && sign(amountOf(fact)) !== 0 ? fact : undefined);
  const size = ({ change }: Change) => Math.abs(approximate(change));
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((key) => changeOf(key, some(before.get(key)), some(after.get(key))))
    .filter((change) => change !== undefined)
    .sort((a, b) => size(b) - size(a) || (a.key < b.key ? -1 : 1));
}

function amountOf(fact: Fact | undefined): string {
  return fact?.money?.amount ?? fact?.count ?? '0';
}
