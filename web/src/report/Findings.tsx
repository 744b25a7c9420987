// What is unusual and why, most unusual first; each opens its rows.
import { useTranslation } from 'react-i18next';
import { useReport } from './context';
import css from './Findings.module.css';
import { More } from './More';
import { rangesOf } from './ranges';
import { Section } from './Section';
import { Sentence } from './Texts';
import { useFirst } from './useFirst';

const FIRST = 8;
const KINDS = [
  'duplicate',
  'unusual_amount',
  'misplaced_decimal',
  'new_counterparty',
  'round_amount',
  'weekend',
  'category_spike',
  'missing_recurring',
  'missing_amount',
] as const;

export function Findings() {
  const { t } = useTranslation();
  const { report, open } = useReport();
  const first = useFirst(report.findings, FIRST);
  return (
    <Section id="findings" title={t('report.findings.title')}>
      {report.findings.length === 0 && <p className={css.none}>{t('report.findings.none')}</p>}
      <ul className={css.list}>
        {first.shown.map((finding) => {
          const kind = t(`report.findings.kind.${KINDS.find((known) => known === finding.kind) ?? 'other'}`);
          return (
            <li key={finding.id} className={css.finding}>
              <span className={css.kind}>{kind}</span>
              <span className={css.text}>
                <Sentence texts={finding.texts} />
              </span>
              {finding.rows !== '' && (
                <button
                  type="button"
                  className={css.rows}
                  data-screen
                  onClick={() =>
                    open({ kind: 'rows', title: kind, ranges: rangesOf(finding.rows), texts: finding.texts })
                  }
                >
                  {t('report.openRows')}
                </button>
              )}
            </li>
          );
        })}
      </ul>
      <More {...first} />
    </Section>
  );
}
