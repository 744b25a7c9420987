// A sentence of the report in the language shown; each figure in it opens its rows.
import type { ReactNode } from 'react';
import type { Text } from '../api/types';
import { useLanguage } from '../format/useFormat';
import { useReport } from './context';
import { FactLink } from './FactLink';
import { glue } from './glue';
import css from './Report.module.css';

export function Sentence({ texts }: { texts: Text[] }) {
  const { facts } = useReport();
  const language = useLanguage();
  const text = texts.find((one) => one.language === language) ?? texts[0];
  if (!text) return null;
  const parts: ReactNode[] = glue(text.segments).map(({ before, text: words, after, fact: id }, index) => {
    const fact = id ? facts.get(id) : undefined;
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
