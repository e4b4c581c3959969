import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';

const DAY_MS = 86_400_000;
/** A certificate that ends within this is warned of. */
const ENDS_SOON_MS = 30 * DAY_MS;
/** Read by the group or by everybody. */
const READ_BY_OTHERS = 0o044;

/** A certificate and its key, read from their files and fit to be used. */
export interface Certificate {
  /** PEM. */
  cert: string;
  key: string;
  /** When it ends, epoch ms. */
  endsAtMs: number;
  /** Sentences for whoever runs the server; nothing in them keeps it from starting. */
  warnings: string[];
}

/** Where the PEM files are, and the name that tills will ask for. */
export interface CertificateSource {
  certPath: string;
  keyPath: string;
  /** Null where no public URL is set. */
  hostname: string | null;
}

/** Reads and checks both files. A fault is a sentence: which file, what is wrong, how to mend it. */
export async function readCertificate(
  source: CertificateSource,
  nowMs: number,
): Promise<Certificate | { fault: string }> {
  const cert = await readPem(source.certPath, 'certificate', /-----BEGIN CERTIFICATE-----/);
  if (typeof cert !== 'string') return cert;
  const key = await readPem(source.keyPath, 'key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/);
  if (typeof key !== 'string') return key;
  const parsed = parsePair(source, cert, key);
  if ('fault' in parsed) return parsed;
  const endsAtMs = parsed.x509.validToDate.getTime();
  const ends = endingWarning(source.certPath, endsAtMs, nowMs);
  const warnings = [
    ...(ends === undefined ? [] : [ends]),
    ...nameWarnings(source, parsed.x509),
    ...(await permissionWarnings(source.keyPath)),
  ];
  return { cert, key, endsAtMs, warnings };
}

/** What to say of a certificate that has ended or ends soon; undefined while it is good for long. */
export function endingWarning(path: string, endsAtMs: number, nowMs: number): string | undefined {
  const day = new Date(endsAtMs).toISOString().slice(0, 10);
  if (endsAtMs <= nowMs) {
    return `THE CERTIFICATE ${path} ENDED ON ${day}: browsers warn of it or refuse it. Put a new one in its place; the server takes it up by itself.`;
  }
  if (endsAtMs - nowMs > ENDS_SOON_MS) return undefined;
  const days = Math.floor((endsAtMs - nowMs) / DAY_MS);
  return `The certificate ${path} ends in ${days} days, on ${day}. Put a new one in its place in time; the server takes it up by itself.`;
}

async function readPem(
  path: string,
  what: 'certificate' | 'key',
  begin: RegExp,
): Promise<string | { fault: string }> {
  const option = what === 'key' ? '--tls-key' : '--tls-cert';
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = { ENOENT: 'does not exist', EACCES: 'may not be read by this user' }[code ?? ''];
    return {
      fault: `The ${what} ${path} ${why ?? `cannot be read (${code ?? String(error)})`}. Check ${option}.`,
    };
  }
  if (begin.test(text)) return text;
  return {
    fault: `${path} is no ${what} in PEM form (a text with "-----BEGIN ${what === 'key' ? 'PRIVATE KEY' : 'CERTIFICATE'}-----"). Check ${option}.`,
  };
}

function parsePair(
  { certPath, keyPath }: CertificateSource,
  cert: string,
  key: string,
): { x509: X509Certificate } | { fault: string } {
  let x509: X509Certificate;
  try {
    x509 = new X509Certificate(cert);
  } catch {
    return { fault: `The certificate in ${certPath} is damaged. Copy it again.` };
  }
  if (/ENCRYPTED/.test(key)) {
    return {
      fault: `The key ${keyPath} is locked with a password, which nobody can type when the server starts. Give a key without one.`,
    };
  }
  try {
    if (!x509.checkPrivateKey(createPrivateKey(key))) {
      return {
        fault: `The key ${keyPath} does not belong to the certificate ${certPath}. Give the two that were made together.`,
      };
    }
  } catch {
    return { fault: `The key in ${keyPath} is damaged. Copy it again.` };
  }
  try {
    createSecureContext({ cert, key });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { fault: `The certificate ${certPath} cannot be used for https: ${why}.` };
  }
  return { x509 };
}

function nameWarnings({ certPath, hostname }: CertificateSource, x509: X509Certificate): string[] {
  if (hostname === null || x509.checkHost(hostname) !== undefined) return [];
  const names = x509.subjectAltName ?? x509.subject;
  return [
    `The certificate ${certPath} is not for ${hostname}, under which tills open their page, but for ${names}: browsers will refuse it.`,
  ];
}

/** Windows has no such bits: there the mode says nothing. */
async function permissionWarnings(keyPath: string): Promise<string[]> {
  if (process.platform === 'win32') return [];
  const { mode } = await stat(keyPath);
  if ((mode & READ_BY_OTHERS) === 0) return [];
  return [
    `The key ${keyPath} can be read by other users of this computer. Run: chmod 600 ${keyPath}`,
  ];
}
