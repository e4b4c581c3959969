import type { ReactNode } from 'react';
import { createContext, use, useMemo, useSyncExternalStore } from 'react';
import type { Catalogue, Customer } from '../catalogue.ts';
import type { PosStatus, PosTill } from '../pos-till.ts';
import type { Format } from './format.ts';
import { createFormat } from './format.ts';
import { useWords } from './i18n.ts';

const TillContext = createContext<PosTill | null>(null);

export function TillProvider({ till, children }: { till: PosTill; children: ReactNode }) {
  return <TillContext value={till}>{children}</TillContext>;
}

/** The till that somebody is logged in at. */
export function useTill(): PosTill {
  const till = use(TillContext);
  if (till === null) throw new Error('a screen stands outside its till');
  return till;
}

export function usePosStatus(): PosStatus {
  const till = useTill();
  return useSyncExternalStore(
    (listener) => till.subscribe(listener),
    () => till.status(),
  );
}

/** The master data; another object when newer was loaded. */
export function useCatalogue(): Catalogue {
  const till = useTill();
  return useSyncExternalStore(
    (listener) => till.subscribe(listener),
    () => till.catalogue,
  );
}

/** Whoever buys when nobody in particular does. */
export function useWalkIn(): Customer | undefined {
  const { settings } = useTill();
  return useCatalogue().customers.get(settings.terminal.businessPartner);
}

/** The formats of the language in use and the till's currency. */
export function useFormat(): Format {
  const { settings } = useTill();
  const { language } = useWords();
  const code = settings.terminal.currency$_identifier;
  const precision = settings.currency.obposPosprecision;
  return useMemo(
    () => createFormat(regionalOf(language), { code, precision }),
    [language, code, precision],
  );
}

/** The browser's own variant of the language, since "10:42" and "10:42 AM" are both English. */
function regionalOf(language: string): string {
  return navigator.languages.find((tag) => tag.split('-')[0] === language) ?? language;
}
