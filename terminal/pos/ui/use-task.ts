import { useRef, useState } from 'react';
import { TillFault } from '../../till-api.ts';
import type { Words } from '../i18n.ts';
import { hasWord, useWords } from '../i18n.ts';

/** Something that a person started and waits for: one at a time. */
export interface Task {
  isBusy: boolean;
  /** Why it was not done, in words. */
  fault: string | null;
  /** Does it, unless something is being done. Resolves to whether it was done. */
  run: (work: () => Promise<void>) => Promise<boolean>;
  forget: () => void;
}

export function useTask(): Task {
  const { t } = useWords();
  const busy = useRef(false);
  const [isBusy, setIsBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const run = async (work: () => Promise<void>): Promise<boolean> => {
    // Two touches in one moment are one: the state is not there yet at the second.
    if (busy.current) return false;
    busy.current = true;
    setIsBusy(true);
    setFault(null);
    try {
      await work();
      return true;
    } catch (reason) {
      setFault(faultText(reason, t));
      return false;
    } finally {
      busy.current = false;
      setIsBusy(false);
    }
  };
  return { isBusy, fault, run, forget: () => setFault(null) };
}

/** What went wrong, in the language in use where it has the words, with the till's own sentence else. */
export function faultText(reason: unknown, t: Words): string {
  if (!(reason instanceof TillFault)) return t('fault.unknown', { reason: String(reason) });
  const key = `fault.${reason.code}`;
  return hasWord(key) ? t(key, { message: reason.message }) : reason.message;
}
