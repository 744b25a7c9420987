// Who paid and who was paid, the largest first.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useReport } from './context';
import { size } from './facts';
import { More } from './More';
import { Section } from './Section';
import { Figure, Name, Table } from './Table';
import { useFirst } from './useFirst';

const FIRST = 10;

export function Counterparties({ currency }: { currency: string }) {
  const { t } = useTranslation();
  const { facts } = useReport();
  const entries = useMemo(() => {
    const into = facts.along('money_in', { currency }, 'counterparty');
    const out = facts.along('money_out', { currency }, 'counterparty');
    return [...new Set([...out.keys(), ...into.keys()])]
      .map((key) => ({ key, into: into.get(key), out: out.get(key) }))
      .sort((a, b) => size(b.into) + size(b.out) - size(a.into) - size(a.out));
  }, [facts, currency]);
  const first = useFirst(entries, FIRST);
  if (entries.length === 0) return null;

  const headings = [
    { name: t('report.counterparties.name') },
    { name: t('report.metric.money_in'), end: true },
    { name: t('report.metric.money_out'), end: true },
  ];
  return (
    <Section id="counterparties" title={t('report.counterparties.title')}>
      <Table label={t('report.counterparties.title')} headings={headings}>
        {first.shown.map(({ key, into, out }) => (
          <tr key={key}>
            <Name>{key || t('report.counterparties.unnamed')}</Name>
            <Figure fact={size(into) > 0 ? into : undefined} />
            <Figure fact={size(out) > 0 ? out : undefined} />
          </tr>
        ))}
      </Table>
      <More {...first} />
    </Section>
  );
}
