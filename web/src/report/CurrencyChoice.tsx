// Which currency the sections below are about, where a file has several.
import { useTranslation } from 'react-i18next';
import css from './CurrencyChoice.module.css';

interface Props {
  currencies: readonly string[];
  currency: string | undefined;
  onCurrency: (currency: string) => void;
}

export function CurrencyChoice({ currencies, currency, onCurrency }: Props) {
  const { t } = useTranslation();
  if (currencies.length < 2) return null;
  return (
    <fieldset className={css.currencies} data-screen>
      <legend className={css.legend}>{t('report.currency')}</legend>
      {currencies.map((one) => (
        <label key={one} className={css.currency}>
          <input
            className="aside"
            type="radio"
            name="currency"
            checked={one === currency}
            onChange={() => onCurrency(one)}
          />
          {one || t('report.unknownCurrency')}
        </label>
      ))}
    </fieldset>
  );
}
