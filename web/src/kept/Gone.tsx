// A report that this device does not have, or cannot read any more, and what to do.
import { useTranslation } from 'react-i18next';
import css from '../drop/Failure.module.css';
import { FilePick } from '../drop/FilePick';
import { Heading } from '../frame/Heading';
import { Icon } from '../frame/Icon';

interface Props {
  unreadable: boolean;
  onFiles: (files: File[]) => void;
}

export function Gone({ unreadable, onFiles }: Props) {
  const { t } = useTranslation();
  return (
    <div className={css.page}>
      <span className={css.sign}>
        <Icon name="info" size={28} />
      </span>
      <Heading>{t(unreadable ? 'kept.unreadable' : 'kept.gone')}</Heading>
      <p className={css.detail}>{t(unreadable ? 'kept.unreadableWhy' : 'kept.goneWhy')}</p>
      <div className={css.actions}>
        <FilePick label={t('drop.area')} onFiles={onFiles}>
          {t('drop.choose')}
        </FilePick>
      </div>
    </div>
  );
}
