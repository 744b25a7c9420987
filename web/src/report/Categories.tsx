// Where the money went and came from, as sorted bars; each opens its rows.
import { useTranslation } from 'react-i18next';
import type { Fact } from '../api/types';
import { useFormat } from '../format/useFormat';
import css from './Categories.module.css';
import { useReport } from './context';
import { size } from './facts';
import { useCategoryName } from './labels';
import { More } from './More';
import shared from './Report.module.css';
import { useFirst } from './useFirst';

const FIRST = 8;

export function Categories({ currency }: { currency: string }) {
  const { t } = useTranslation();
  const { facts } = useReport();
  const out = sorted(facts.along('money_out', { currency }, 'category'));
  const into = sorted(facts.along('money_in', { currency }, 'category'));
  if (out.length + into.length === 0) return null;
  return (
    <section className={shared.section} aria-labelledby="categories">
      <h2 id="categories" className="aside">
        {t('report.categories.title')}
      </h2>
      <Side
        title={t('report.categories.out')}
        side="out"
        entries={out}
        shares={facts.along('money_out_share', { currency }, 'category')}
      />
      <Side
        title={t('report.categories.in')}
        side="in"
        entries={into}
        shares={facts.along('money_in_share', { currency }, 'category')}
      />
    </section>
  );
}

interface SideProps {
  title: string;
  side: 'in' | 'out';
  entries: [string, Fact][];
  shares: Map<string, Fact>;
}

function Side({ title, side, entries, shares }: SideProps) {
  const { t } = useTranslation();
  const { open } = useReport();
  const format = useFormat();
  const name = useCategoryName();
  const first = useFirst(entries, FIRST);
  if (entries.length === 0) return null;
  const largest = size(entries[0]?.[1]);
  const share = (key: string) => {
    const ratio = shares.get(key)?.ratio;
    return ratio !== undefined && format.percent(ratio);
  };
  return (
    <div className={css.side}>
      <h3 className={css.title}>{title}</h3>
      <ul>
        {first.shown.map(([key, fact]) => (
          <li key={key}>
            <button
              type="button"
              className={css.bar}
              data-fact={fact.id}
              title={t('report.openRows')}
              onClick={() => open({ kind: 'fact', fact })}
            >
              <span className={css.name}>{name(key)}</span>
              <span className={css.track} aria-hidden="true">
                <span
                  className={css.fill}
                  data-side={key === 'uncategorized' ? 'unknown' : side}
                  style={{ width: largest > 0 ? `${(size(fact) / largest) * 100}%` : 0 }}
                />
              </span>
              <span className={`${css.amount} num`}>{fact.money && format.money(fact.money)}</span>
              <span className={`${css.share} num`}>{share(key)}</span>
            </button>
          </li>
        ))}
      </ul>
      <More {...first} />
    </div>
  );
}

function sorted(facts: Map<string, Fact>): [string, Fact][] {
  return [...facts].filter(([, fact]) => size(fact) > 0).sort(([, a], [, b]) => size(b) - size(a));
}
