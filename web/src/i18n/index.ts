// Chooses the language (remembered, else the browser's) and makes every text available.
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../api/types';
import { en } from './en';
import { ru } from './ru';

const KEY = 'saldo.language';

/** Russian for readers who prefer it to English; English for everyone else. */
export function preferredLanguage(kept: string | null, browser: readonly string[]): Language {
  if (kept === 'en' || kept === 'ru') return kept;
  for (const tag of browser) {
    const language = tag.toLowerCase().split('-')[0];
    if (language === 'en' || language === 'ru') return language;
  }
  return 'en';
}

export async function startLanguage(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: preferredLanguage(recall(), navigator.languages),
    fallbackLng: 'en',
    supportedLngs: ['en', 'ru'],
    resources: { en: { translation: en }, ru: { translation: ru } },
    interpolation: { escapeValue: false },
  });
  follow(i18next.language);
  i18next.on('languageChanged', follow);
}

export function changeLanguage(language: Language): void {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // Storage is closed to this page: the choice lasts until it is left.
  }
  void i18next.changeLanguage(language);
}

function recall(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function follow(language: string): void {
  document.documentElement.lang = language;
}
