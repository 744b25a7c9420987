// A sentence of the report in the language shown; each figure in it opens its rows.
import type { Text } from '../api/types';
import { useLanguage } from '../format/useFormat';
import { useReport } from './context';
import { FactLink } from './FactLink';

export function Sentence({ texts }: { texts: Text[] }) {
  const { facts } = useReport();
  const language = useLanguage();
  const text = texts.find((one) => one.language === language) ?? texts[0];
  if (!text) return null;
  return (
    <span lang={text.language}>
      {text.segments.map((segment, index) => {
        const fact = segment.fact ? facts.get(segment.fact) : undefined;
        // Segments have no identity but their place, and a text never changes.
        const key = `${index} ${segment.fact}`;
        return fact ? (
          <FactLink key={key} fact={fact}>
            {segment.text}
          </FactLink>
        ) : (
          <span key={key}>{segment.text}</span>
        );
      })}
    </span>
  );
}
