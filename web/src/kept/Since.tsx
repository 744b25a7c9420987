// Says of a reopened report when it was made, and what its file is still needed for.
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/useFormat';
import { madeAt } from './made';
import css from './Since.module.css';
import { useKept } from './useKept';

export function Since({ id }: { id: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const at = useKept().list.find((kept) => kept.id === id)?.at;
  return at === undefined ? null : <p className={css.since}>{t('kept.since', { when: madeAt(at, format.locale) })}</p>;
}
