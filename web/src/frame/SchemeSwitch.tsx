// Three colour choices side by side, as radio buttons.
import { type MantineColorScheme, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon, type IconName } from './Icon';
import css from './SchemeSwitch.module.css';

const CHOICES: { scheme: MantineColorScheme; icon: IconName }[] = [
  { scheme: 'auto', icon: 'system' },
  { scheme: 'light', icon: 'sun' },
  { scheme: 'dark', icon: 'moon' },
];

export function SchemeSwitch() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <fieldset className={css.switch}>
      <legend className="aside">{t('app.scheme.label')}</legend>
      {CHOICES.map(({ scheme, icon }) => (
        <label key={scheme} className={css.choice} title={t(`app.scheme.${scheme}`)}>
          <input
            className="aside"
            type="radio"
            name="scheme"
            checked={colorScheme === scheme}
            onChange={() => setColorScheme(scheme)}
          />
          <Icon name={icon} size={18} />
          <span className="aside">{t(`app.scheme.${scheme}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}
