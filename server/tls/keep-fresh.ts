import type { Cancel, Log, System } from '../system/ports.ts';
import type { Certificate, CertificateSource } from './certificate.ts';
import { endingWarning, readCertificate } from './certificate.ts';

/**
 * How often the files are looked at. They are read again instead of being watched: renewals swap
 * symbolic links and whole folders, which watchers of files miss.
 */
const LOOK_EVERY_MS = 3_000;
/** A certificate that ends is spoken of once a day. */
const REMIND_EVERY_MS = 86_400_000;

interface KeptFresh {
  source: CertificateSource;
  certificate: Certificate;
  system: Pick<System, 'clock' | 'timers'> & { log: Log };
  /** From the next connection on this certificate is shown. */
  use(certificate: Certificate): void;
}

/**
 * Takes a renewed certificate up while the server runs. Files that are not fit (half written, or a
 * certificate whose key has not come yet) leave the old one in use, and are looked at again. Gives what
 * ends it.
 */
export function keepFresh(parts: KeptFresh): Cancel {
  const { source, system } = parts;
  let { certificate } = parts;
  let fault: string | undefined;
  let remindedAtMs = system.clock.nowMs();
  let ended = false;
  let cancel: Cancel;

  const take = (read: Awaited<ReturnType<typeof readCertificate>>): void => {
    if ('fault' in read) {
      // Said once: the same fault comes back with every look.
      if (read.fault !== fault) system.log.error({}, `${read.fault} The old one stays in use.`);
      fault = read.fault;
      return;
    }
    fault = undefined;
    if (read.cert === certificate.cert && read.key === certificate.key) return;
    certificate = read;
    parts.use(read);
    const endsAt = new Date(read.endsAtMs).toISOString();
    system.log.info({ certPath: source.certPath, endsAt }, 'a new certificate is in use');
    for (const warning of read.warnings) system.log.warn({}, warning);
  };
  const remind = (nowMs: number): void => {
    if (nowMs - remindedAtMs < REMIND_EVERY_MS) return;
    remindedAtMs = nowMs;
    const warning = endingWarning(source.certPath, certificate.endsAtMs, nowMs);
    if (warning !== undefined) system.log.warn({}, warning);
  };
  const look = async (): Promise<void> => {
    const nowMs = system.clock.nowMs();
    const read = await readCertificate(source, nowMs);
    if (ended) return;
    take(read);
    remind(nowMs);
    cancel = system.timers.after(LOOK_EVERY_MS, () => void look());
  };
  cancel = system.timers.after(LOOK_EVERY_MS, () => void look());
  return () => {
    ended = true;
    cancel();
  };
}
