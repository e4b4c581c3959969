import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** The labels of one language, as a client's start-up screens ask for them. */
export interface Locale {
  /** Of the form `en_US`. */
  languageSk: string;
  languageId: string;
  labels: Readonly<Record<string, string>>;
}

const localeSchema = z.object({
  languageSk: z.string().regex(/^[a-z]{2}_[A-Z]{2}$/),
  languageId: z.string(),
  labels: z.record(z.string(), z.string()),
});

const FALLBACK = 'en_US';
const PLACE = join('resources', 'locales', 'pos');

let loaded: ReadonlyMap<string, Locale> | undefined;

/** The labels of a language, else of another country's form of it, else English. */
export function localeFor(language: string | null): Locale {
  loaded ??= loadLocales(dirname(fileURLToPath(import.meta.url)));
  const wanted = language ?? FALLBACK;
  const related = [...loaded.values()].find(
    (locale) => locale.languageSk.slice(0, 2) === wanted.slice(0, 2),
  );
  const locale = loaded.get(wanted) ?? related ?? loaded.get(FALLBACK);
  if (locale === undefined) throw new Error(`the labels of ${FALLBACK} are missing in ${PLACE}`);
  return locale;
}

/** The folder lies at the package's root, above the sources and above dist/ alike. */
function loadLocales(from: string): ReadonlyMap<string, Locale> {
  const directory = join(from, PLACE);
  if (!existsSync(directory)) {
    const parent = dirname(from);
    if (parent === from) throw new Error(`the folder ${PLACE} was not found`);
    return loadLocales(parent);
  }
  const locales = readdirSync(directory)
    .filter((name) => name.endsWith('.json'))
    .map((name) =>
      localeSchema.parse(JSON.parse(readFileSync(join(directory, name), 'utf8')), {
        error: () => `${PLACE}/${name} is no file of labels`,
      }),
    );
  return new Map(locales.map((locale) => [locale.languageSk, locale]));
}
