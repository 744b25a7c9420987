// What is paid and received regularly: how often, how much, when next, and how the price changed.
import { useTranslation } from 'react-i18next';
import { useReport } from './context';
import { FactLink } from './FactLink';
import { useCadence } from './labels';
import { More } from './More';
import { Section } from './Section';
import { Figure, Name, Table } from './Table';
import { useFirst } from './useFirst';

const FIRST = 8;

export function Recurring({ currency }: { currency: string }) {
  const { t } = useTranslation();
  const { facts } = useReport();
  const cadence = useCadence();
  const along = (metric: string) => facts.along(metric, { currency }, 'recurring');
  const columns = {
    cadence: along('cadence'),
    into: along('recurring_in'),
    out: along('recurring_out'),
    next: along('next_payment'),
    change: along('price_change'),
  };
  const first = useFirst([...columns.cadence], FIRST);
  if (columns.cadence.size === 0) return null;

  const headings = [
    { name: t('report.counterparties.name') },
    { name: t('report.metric.cadence') },
    { name: t('report.metric.money_in'), end: true },
    { name: t('report.metric.money_out'), end: true },
    { name: t('report.metric.price_change'), end: true },
    { name: t('report.metric.next_payment'), end: true },
  ];
  return (
    <Section id="recurring" title={t('report.recurring.title')}>
      <Table label={t('report.recurring.title')} headings={headings}>
        {first.shown.map(([key, often]) => (
          <tr key={key}>
            <Name>{key}</Name>
            <td>
              <FactLink fact={often}>{cadence(often)}</FactLink>
            </td>
            <Figure fact={columns.into.get(key)} />
            <Figure fact={columns.out.get(key)} />
            <Figure fact={columns.change.get(key)} />
            <Figure fact={columns.next.get(key)} />
          </tr>
        ))}
      </Table>
      <More {...first} />
    </Section>
  );
}
