import type { i18n as I18n } from 'i18next';
import { createInstance } from 'i18next';
import { useMemo } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';
import en from './locales/en.json' with { type: 'json' };
import es from './locales/es.json' with { type: 'json' };

/** The languages of the screens, each by its own name. */
export const LANGUAGES = [
  { code: 'en', name: 'English' },
  { code: 'es', name: 'Español' },
] as const;

/** The name of a text, without the ending that tells one from many. */
export type WordKey = Leaves<typeof en>;
type Leaves<Tree, Path extends string = ''> = {
  [K in keyof Tree & string]: Tree[K] extends string
    ? `${Path}${Stem<K>}`
    : Leaves<Tree[K], `${Path}${K}.`>;
}[keyof Tree & string];
type Stem<K extends string> = K extends `${infer S}_one` ? S : K extends `${infer S}_other` ? S : K;

/** Gives a text in the language in use. */
export type Words = (key: WordKey, values?: Record<string, string | number>) => string;

const KEPT_AS = 'backroom.pos.language';
const instance: I18n = createInstance();

/** Prepares the texts in the language chosen before, else the browser's, else English. */
export async function startI18n(): Promise<void> {
  const wanted = localStorage.getItem(KEPT_AS) ?? navigator.language.slice(0, 2);
  const language = LANGUAGES.find(({ code }) => code === wanted)?.code ?? 'en';
  await instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: en }, es: { translation: es } },
    // React escapes by itself.
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = language;
}

/** Changes the language and keeps the choice on this till. */
export async function chooseLanguage(code: string): Promise<void> {
  localStorage.setItem(KEPT_AS, code);
  await instance.changeLanguage(code);
  document.documentElement.lang = code;
}

/** The texts, and the language that they are in. */
export function useWords(): { t: Words; language: string } {
  const { i18n } = useTranslation(undefined, { i18n: instance });
  const { language } = i18n;
  return useMemo(() => ({ t: wordsIn(language), language }), [language]);
}

function wordsIn(language: string): Words {
  // The library knows one set of keys for a whole program, and the managers' screens have theirs.
  const t = instance.getFixedT(language) as unknown as Words;
  return (key, values) => t(key, values);
}

/** Whether there is such a text: for names that come from elsewhere, as codes of faults do. */
export function hasWord(key: string): key is WordKey {
  return instance.exists(key);
}
