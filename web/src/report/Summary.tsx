// The sentences that matter: those of the report, or of a period made here from its figures.
import { useTranslation } from 'react-i18next';
import type { Fact, Text } from '../api/types';
import { useFormat, useLanguage } from '../format/useFormat';
import { Icon } from '../frame/Icon';
import { useReport } from './context';
import { size } from './facts';
import { useCategoryName, useFactValue } from './labels';
import { coverageOf } from './period/coverage';
import type { Span } from './period/span';
import { useSpanName } from './period/useSpanName';
import css from './Summary.module.css';
import { Sentence } from './Texts';

export function Summary() {
  const { t } = useTranslation();
  const { report, span } = useReport();
  if (span) return <OfPeriod span={span} />;
  if (report.sentences.length === 0) return null;
  return (
    <section aria-label={t('report.summary')}>
      <ul className={css.sentences}>
        {report.sentences.map((sentence) => (
          <li key={JSON.stringify(sentence)}>
            <Sentence texts={sentence.texts} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function OfPeriod({ span }: { span: Span }) {
  const { t } = useTranslation();
  const sentences = useSentences(span);
  return (
    <section aria-label={t('report.summary')}>
      <ul className={css.sentences}>
        {sentences.map((text) => (
          <li key={JSON.stringify(text)}>
            <Sentence texts={[text]} />
          </li>
        ))}
      </ul>
      <Partial span={span} />
    </section>
  );
}

/** A period that the file covers in part says so. */
function Partial({ span }: { span: Span }) {
  const { t } = useTranslation();
  const { whole } = useReport();
  const language = useLanguage();
  const format = useFormat();
  const spanName = useSpanName();
  const coverage = coverageOf(whole, span);
  const days = whole.period();
  if (!days || coverage.full === coverage.months) return null;
  const told = { period: capital(spanName(span), language), days: format.period(days.from, days.to) };
  return (
    <p className={css.partial}>
      <Icon name="info" size={18} />
      <span>
        {coverage.months === 1
          ? t('period.partialMonth', told)
          : t('period.partial', {
              ...told,
              count: coverage.full,
              formatted: format.integer(coverage.full),
              of: format.integer(coverage.months),
            })}
      </span>
    </p>
  );
}

/** What came in and went out in each currency, then the largest of both in the first one. */
function useSentences(span: Span): Text[] {
  const { t } = useTranslation();
  const { facts } = useReport();
  const category = useCategoryName();
  const period = useSpanName()(span);
  const said = useSaid();
  const currencies = facts.currencies();
  const flows = currencies.flatMap((currency) => {
    const [into, out, net] = ['money_in', 'money_out', 'net'].map((metric) => facts.find(metric, { currency }));
    if (!into || !out || !net) return [];
    return said(t('period.said.flows', { period, into: '{into}', out: '{out}', net: '{net}' }), { into, out, net });
  });
  const [currency] = currencies;
  if (currency === undefined) return flows;
  const [key, out] = largest(facts.along('money_out', { currency }, 'category'), 'uncategorized');
  const share = key === undefined ? undefined : facts.find('money_out_share', { currency, category: key });
  const [payer, into] = largest(facts.along('money_in', { currency }, 'counterparty'), '');
  return [
    ...flows,
    ...(key !== undefined && out && share
      ? [said(t('period.said.out', { name: category(key), out: '{out}', share: '{share}' }), { out, share })]
      : []),
    ...(payer !== undefined && into ? [said(t('period.said.in', { name: payer, into: '{into}' }), { into })] : []),
  ];
}

function largest(facts: Map<string, Fact>, nameless: string): [string, Fact] | [] {
  const named = [...facts].filter(([key, fact]) => key !== nameless && size(fact) > 0);
  return named.sort(([, a], [, b]) => size(b) - size(a))[0] ?? [];
}

/** A sentence in which figures stand in braces, made like those of the report. */
function useSaid(): (words: string, facts: Record<string, Fact>) => Text {
  const language = useLanguage();
  const value = useFactValue();
  return (words, facts) => ({
    language,
    segments: capital(words, language)
      .split(/(\{\w+\})/)
      .map((part) => {
        const fact = /^\{\w+\}$/.test(part) ? facts[part.slice(1, -1)] : undefined;
        return fact ? { text: value(fact), fact: fact.id } : { text: part, fact: '' };
      }),
  });
}

/** Russian months begin small, sentences do not. */
function capital(words: string, language: string): string {
  return words.charAt(0).toLocaleUpperCase(language) + words.slice(1);
}
