// A sentence of the report in the language shown; each figure in it opens its rows.
import type { ReactNode } from 'react';
import type { Fact, Text } from '../api/types';
import { createFormat } from '../format/format';
import { useFormat, useLanguage } from '../format/useFormat';
import { useReport } from './context';
import { FactLink } from './FactLink';
import { glue } from './glue';
import css from './Report.module.css';

/** How the report writes days in English; readers of other variants have them their own way. */
const BRITISH = createFormat('en-GB');

/** A day and its month stay on one line. */
const tied = (day: string) => day.replace(' ', '\u00a0');

export function Sentence({ texts }: { texts: Text[] }) {
  const { facts } = useReport();
  const language = useLanguage();
  const format = useFormat();
  const text = texts.find((one) => one.language === language) ?? texts[0];
  if (!text) return null;
  const written = (words: string, fact: Fact | undefined) =>
    fact?.date !== undefined && words === tied(BRITISH.day(fact.date)) ? tied(format.day(fact.date)) : words;
  const parts: ReactNode[] = glue(text.segments).map(({ before, text: given, after, fact: id }, index) => {
    const fact = id ? facts.get(id) : undefined;
    const words = written(given, fact);
    // Parts have no identity but their place, and a text never changes.
    const key = `${index} ${id}`;
    if (!fact) return <span key={key}>{before + words + after}</span>;
    return before || after ? (
      <span key={key} className={css.whole}>
        {before}
        <FactLink fact={fact}>{words}</FactLink>
        {after}
      </span>
    ) : (
      <FactLink key={key} fact={fact}>
        {words}
      </FactLink>
    );
  });
  return <span lang={text.language}>{parts}</span>;
}
