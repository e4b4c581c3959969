import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import en from './locales/en.json' with { type: 'json' };
import es from './locales/es.json' with { type: 'json' };

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
  }
}

/** The languages of the screens, each by its own name. */
export const LANGUAGES = [
  { code: 'en', name: 'English' },
  { code: 'es', name: 'Español' },
] as const;

const KEPT_AS = 'backroom.language';

/** Prepares the texts in the language chosen before, else the browser's, else English. */
export async function startI18n(): Promise<void> {
  const wanted = localStorage.getItem(KEPT_AS) ?? navigator.language.slice(0, 2);
  const language = LANGUAGES.find(({ code }) => code === wanted)?.code ?? 'en';
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: en }, es: { translation: es } },
    // React escapes by itself.
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = language;
}

/** Changes the language and keeps the choice in this browser. */
export async function chooseLanguage(code: string): Promise<void> {
  localStorage.setItem(KEPT_AS, code);
  await i18next.changeLanguage(code);
  document.documentElement.lang = code;
}
