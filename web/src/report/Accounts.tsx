// Accounts side by side: own accounts with money in and out, accounts of books with debits and credits.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useReport } from './context';
import { size } from './facts';
import { More } from './More';
import { Section } from './Section';
import { Figure, Name, Table } from './Table';
import { useFirst } from './useFirst';

const FIRST = 12;
const OWN = ['opening_balance', 'money_in', 'money_out', 'closing_balance'] as const;
const BOOKS = ['opening_balance', 'debit', 'credit', 'closing_balance'] as const;

export function Accounts({ currency }: { currency: string }) {
  const { t } = useTranslation();
  const { facts } = useReport();
  const { columns, entries } = useMemo(() => {
    const isBooks = facts.along('debit', { currency }, 'account').size > 0;
    const found = (isBooks ? BOOKS : OWN).map((metric) => ({
      metric,
      facts: facts.along(metric, { currency }, 'account'),
    }));
    const keys = [...new Set(found.flatMap((column) => [...column.facts.keys()]))];
    const moved = (key: string) =>
      size(found[1]?.facts.get(key)) + size(found[2]?.facts.get(key)) + size(found[3]?.facts.get(key));
    return {
      columns: found.filter((column) => column.facts.size > 0),
      entries: keys.sort((a, b) => moved(b) - moved(a)),
    };
  }, [facts, currency]);
  const first = useFirst(entries, FIRST);
  if (entries.length === 0) return null;

  const headings = [
    { name: t('report.accounts.name') },
    ...columns.map(({ metric }) => ({ name: t(`report.metric.${metric}`), end: true })),
  ];
  return (
    <Section id="accounts" title={t('report.accounts.title')}>
      <Table label={t('report.accounts.title')} headings={headings}>
        {first.shown.map((key) => (
          <tr key={key}>
            <Name>{key}</Name>
            {columns.map(({ metric, facts: of }) => (
              <Figure key={metric} fact={of.get(key)} />
            ))}
          </tr>
        ))}
      </Table>
      <More {...first} />
    </Section>
  );
}
