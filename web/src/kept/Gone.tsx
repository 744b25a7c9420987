// A report that this device does not have, or cannot read any more, or a server that keeps none; and what to do.
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
    <Missing
      title={t(unreadable ? 'kept.unreadable' : 'kept.gone')}
      why={t(unreadable ? 'kept.unreadableWhy' : 'kept.goneWhy')}
      onFiles={onFiles}
    />
  );
}

/** The address of a kept analysis at a server that keeps none. */
export function Elsewhere({ onFiles }: Pick<Props, 'onFiles'>) {
  const { t } = useTranslation();
  return <Missing title={t('kept.elsewhere')} why={t('kept.elsewhereWhy')} onFiles={onFiles} />;
}

function Missing({ title, why, onFiles }: Pick<Props, 'onFiles'> & { title: string; why: string }) {
  const { t } = useTranslation();
  return (
    <div className={css.page}>
      <span className={css.sign}>
        <Icon name="info" size={28} />
      </span>
      <Heading>{title}</Heading>
      <p className={css.detail}>{why}</p>
      <div className={css.actions}>
        <FilePick label={t('drop.area')} onFiles={onFiles}>
          {t('drop.choose')}
        </FilePick>
      </div>
    </div>
  );
}
