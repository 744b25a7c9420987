// Chooses the language (remembered, else the browser's) and fetches its texts; those of the other come with the choice of it.
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../api/types';

const KEY = 'saldo.language';

const TEXTS = {
  en: async () => (await import('./en')).en,
  ru: async () => (await import('./ru')).ru,
};

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
  const lng = preferredLanguage(recall(), navigator.languages);
  // No language falls back to another: each has every text.
  await i18next.use(initReactI18next).init({
    lng,
    fallbackLng: false,
    supportedLngs: ['en', 'ru'],
    resources: { [lng]: { translation: await TEXTS[lng]() } },
    interpolation: { escapeValue: false },
  });
  follow(i18next.language);
  i18next.on('languageChanged', follow);
}

/** Without its texts, which may be out of reach, the language stays as it is. */
export async function changeLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation')) {
    const texts = await TEXTS[language]().catch(() => undefined);
    if (!texts) return;
    i18next.addResourceBundle(language, 'translation', texts);
  }
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // Storage is closed to this page: the choice lasts until it is left.
  }
  await i18next.changeLanguage(language);
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
