// The button under a list that shows its first entries.
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/useFormat';
import css from './Report.module.css';

interface Props {
  hidden: number;
  all: boolean;
  toggle: () => void;
}

export function More({ hidden, all, toggle }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  if (hidden === 0) return null;
  return (
    <button type="button" className={css.action} data-screen aria-expanded={all} onClick={toggle}>
      {all ? t('report.fewer') : t('report.more', { count: hidden, formatted: format.integer(hidden) })}
    </button>
  );
}
