// The format of the language shown now.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '../api/types';
import { createFormat, type Format, localeOf } from './format';

export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return i18n.language === 'ru' ? 'ru' : 'en';
}

export function useFormat(): Format {
  const language = useLanguage();
  return useMemo(() => createFormat(localeOf(language, navigator.languages)), [language]);
}
