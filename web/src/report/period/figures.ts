// The figures of some months of a report, exact, under the names that the figures of the whole file have.
//
// Sums by month stand in the report. What it does not tell by month (categories, counterparties, accounts, days) is added
// up from the rows, where all of them are here; the sums of the rows must then agree with those of the report.
import type { Fact, Money, Report } from '../../api/types';
import { approximate, difference, negate, ratio, sign, sum, Total } from '../../format/decimal';
import { Facts } from '../facts';
import { coded, type RowRange } from '../ranges';
import type { Entry, Rows } from '../rows';
import { holds, lengthOf, moved, type Span } from './span';

/** How many counterparties are shown, by turnover, as in the report. */
const SHOWN = 50;

export interface PeriodFigures {
  facts: Facts;
  /** Whether categories and counterparties are among them: they need all rows. */
  complete: boolean;
}

/** `most`: how many counterparties are wanted, the largest by turnover. */
export function figuresOf(report: Report, whole: Facts, rows: Rows, span: Span, most = SHOWN): PeriodFigures {
  const totals = whole.currencies().flatMap((currency) => totalsOf(whole, currency, span));
  const all = rows.length > 0 && rows.length === Number(report.quality?.transactions ?? 0);
  const parts = all ? partsOf(whole, totals, rows, span, most) : undefined;
  return { facts: new Facts({ facts: [...totals, ...(parts ?? [])] }, whole), complete: parts !== undefined };
}

/** The months of a currency as they are, and their sums and balances. */
function totalsOf(whole: Facts, currency: string, span: Span): Fact[] {
  const within = (metric: string) =>
    [...whole.along(metric, { currency }, 'month')].filter(([month]) => holds(span, month)).map(([, fact]) => fact);
  const [into, out, net, counts] = [within('money_in'), within('money_out'), within('net'), within('transactions')];
  if (into.length === 0) return [];
  const make = maker(currency, span);
  const total = (metric: string, months: Fact[]) =>
    make(metric, {}, { money: { amount: sum(months.map(amountOf)), currency } }, from(months, 'sum(facts)'));
  const [moneyIn, moneyOut] = [total('money_in', into), total('money_out', out)];
  const money = { amount: difference(amountOf(moneyIn), amountOf(moneyOut)), currency };
  const count = counts.reduce((all, fact) => all + Number(fact.count ?? 0), 0);
  return [
    ...[...into, ...out, ...net, ...counts, ...within('balance')],
    moneyIn,
    moneyOut,
    make('net', {}, { money }, from([moneyIn, moneyOut], 'money_in - money_out')),
    make('transactions', {}, { count: String(count) }, from(counts, 'sum(facts)')),
    ...balancesOf(whole, currency, span),
  ];
}

/** The balance at the end of the month before, and at the end of the last month; at the ends of the file its own. */
function balancesOf(whole: Facts, currency: string, span: Span): Fact[] {
  const balances = whole.along('balance', { currency }, 'month');
  const months = [...whole.along('money_in', { currency }, 'month').keys()].sort();
  const [first, last] = [months[0] ?? '', months.at(-1) ?? ''];
  const make = maker(currency, span);
  const at = (metric: string, month: string) => {
    const fact = balances.get(month);
    return fact?.money && make(metric, {}, { money: fact.money }, from([fact], `${metric} of a period`));
  };
  const opening =
    span.first <= first
      ? whole.find('opening_balance', { currency })
      : at('opening_balance', moved(span, -lengthOf(span)).last);
  const closing = span.last >= last ? whole.find('closing_balance', { currency }) : at('closing_balance', span.last);
  return [opening, closing].filter((fact) => fact !== undefined);
}

/** What is added up of one thing: both directions with their rows. */
class Group {
  readonly into = new Total();
  readonly out = new Total();
  readonly rowsIn: RowRange[] = [];
  readonly rowsOut: RowRange[] = [];

  add({ amount, number }: Entry): void {
    // A zero counts as money in, as in the report.
    const isOut = sign(amount) < 0;
    (isOut ? this.out : this.into).add(isOut ? negate(amount) : amount);
    const ranges = isOut ? this.rowsOut : this.rowsIn;
    const last = ranges.at(-1);
    if (last && last.last === number - 1) last.last = number;
    else ranges.push({ first: number, last: number });
  }
}

type Groups = Map<string, Group>;

/** One currency by everything that rows tell. */
interface Book {
  all: Group;
  categories: Groups;
  counterparties: Groups;
  accounts: Groups;
  days: Groups;
}

/** Undefined where the rows do not add up to the totals. */
function partsOf(whole: Facts, totals: readonly Fact[], rows: Rows, span: Span, most: number): Fact[] | undefined {
  const books = booksOf(rows, span);
  const found = new Facts({ facts: [...totals] });
  const parts: Fact[] = [];
  for (const currency of new Set([...whole.currencies(), ...books.keys()])) {
    const book = books.get(currency) ?? emptyBook();
    const [into, out] = [found.find('money_in', { currency }), found.find('money_out', { currency })];
    if (differs(book.all.into, into) || differs(book.all.out, out)) return undefined;
    if (into && out) parts.push(...bookFacts(whole, currency, book, span, { into, out, most }));
  }
  return parts;
}

/** The rows of a period by everything that they tell, in one pass. */
function booksOf(rows: Rows, span: Span): Map<string, Book> {
  const books = new Map<string, Book>();
  for (const entry of rows.all()) {
    if (!holds(span, entry.date)) continue;
    const book = books.get(entry.currency) ?? emptyBook();
    books.set(entry.currency, book);
    book.all.add(entry);
    put(book.categories, entry.category, entry);
    put(book.counterparties, entry.counterparty, entry);
    put(book.accounts, entry.account, entry);
    put(book.days, entry.date, entry);
  }
  return books;
}

function emptyBook(): Book {
  return {
    all: new Group(),
    categories: new Map(),
    counterparties: new Map(),
    accounts: new Map(),
    days: new Map(),
  };
}

function put(groups: Groups, key: string, entry: Entry): void {
  if (key === '') return;
  let group = groups.get(key);
  if (!group) {
    group = new Group();
    groups.set(key, group);
  }
  group.add(entry);
}

function differs(total: Total, fact: Fact | undefined): boolean {
  return sign(difference(total.toString(), fact ? amountOf(fact) : '0')) !== 0;
}

/** What the figures of a book are measured against, and how many counterparties are wanted. */
interface Frame {
  into: Fact;
  out: Fact;
  most: number;
}

function bookFacts(whole: Facts, currency: string, book: Book, span: Span, all: Frame): Fact[] {
  const make = maker(currency, span);
  const both = (by: string, key: string, group: Group, shared = false): Fact[] => {
    const dimension = { [by]: key };
    const facts: Fact[] = [];
    const one = (metric: 'money_in' | 'money_out', total: Total, rows: RowRange[], of: Fact) => {
      if (rows.length === 0) return;
      const money: Money = { amount: total.toString(), currency };
      const formula = metric === 'money_out' ? '-sum(amount)' : '';
      const fact = make(metric, dimension, { money }, { rows: coded(rows), facts: [], formula });
      facts.push(fact);
      const share = shared ? ratio(money.amount, amountOf(of)) : undefined;
      if (share !== undefined) {
        facts.push(make(`${metric}_share`, dimension, { ratio: share }, from([fact, of], 'part / whole')));
      }
    };
    one('money_in', group.into, group.rowsIn, all.into);
    one('money_out', group.out, group.rowsOut, all.out);
    return facts;
  };
  const facts = [...book.categories].flatMap(([key, group]) => both('category', key, group, true));
  for (const [key, group] of largest(book.counterparties, all.most)) facts.push(...both('counterparty', key, group));
  // Accounts are figures only where the report takes them for accounts.
  const accounts = whole.along('money_in', { currency }, 'account');
  for (const [key, group] of book.accounts) if (accounts.has(key)) facts.push(...both('account', key, group));
  if (lengthOf(span) === 1) {
    for (const [day, group] of book.days) {
      const flows = both('day', day, group);
      const net = { amount: difference(group.into.toString(), group.out.toString()), currency };
      facts.push(...flows, make('net', { day }, { money: net }, from(flows, 'money_in - money_out')));
    }
  }
  return facts;
}

/** By turnover; names break ties, so that the order does not depend on the file's. */
function largest(groups: Groups, most: number): [string, Group][] {
  const turnover = new Map(
    [...groups].map(([key, { into, out }]) => [key, approximate(into.toString()) + approximate(out.toString())]),
  );
  const of = (key: string) => turnover.get(key) ?? 0;
  return [...groups].sort(([a], [b]) => of(b) - of(a) || (a < b ? -1 : 1)).slice(0, most);
}

function amountOf(fact: Fact): string {
  return fact.money?.amount ?? '0';
}

function from(facts: readonly Fact[], formula: string): NonNullable<Fact['lineage']> {
  return { rows: '', facts: facts.map(({ id }) => id), formula };
}

/** Makes figures of one currency and period; their ids are unlike those of the report. */
function maker(currency: string, { first, last }: Span) {
  return (
    metric: string,
    dimension: Record<string, string>,
    value: Pick<Fact, 'money' | 'count' | 'ratio'>,
    lineage: NonNullable<Fact['lineage']>,
  ): Fact => ({
    id: [metric, currency || 'XXX', 'period', `${first}..${last}`, ...Object.entries(dimension).flat()].join('/'),
    metric,
    dimensions: { currency, ...dimension },
    ...value,
    lineage,
  });
}
