import { z } from 'zod';

/** The texts of the shell, by language and key. The pages read the same file. */
export const textsSchema = z.record(z.string(), z.record(z.string(), z.string()));
export type TextsByLanguage = z.infer<typeof textsSchema>;

/** Says a text with its `{placeholders}` filled in. */
export type Say = (key: string, values?: Record<string, string | number>) => string;

/** The texts of the nearest language to `locale` ("es-MX" is served by "es"), else English. */
export function textsFor(texts: TextsByLanguage, locale: string): Say {
  const language = locale.split('-')[0] ?? 'en';
  const chosen = texts[language] ?? texts['en'] ?? {};
  return (key, values = {}) => {
    const text = chosen[key];
    if (text === undefined) throw new Error(`The shell has no text "${key}".`);
    return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
  };
}
