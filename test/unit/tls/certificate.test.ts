import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Certificate } from '../../../server/tls/certificate.ts';
import { endingWarning, readCertificate } from '../../../server/tls/certificate.ts';
import { writeCertificate } from '../../support/certificate.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const NOW_MS = Date.parse('2026-11-25T00:00:00Z');

function fit(read: Certificate | { fault: string }): Certificate {
  if ('fault' in read) throw new Error(read.fault);
  return read;
}

it('a certificate that fits has nothing said of it', async () => {
  await using folder = temporaryDirectory();
  const files = await writeCertificate(folder.path, { hosts: ['store.example'] });
  const read = fit(await readCertificate({ ...files, hostname: 'store.example' }, NOW_MS));
  expect(read.warnings).toEqual([]);
  expect(read.endsAtMs).toBe(Date.parse('2100-01-01'));
});

it('warns of another name than the public one, and of a key that others can read', async () => {
  await using folder = temporaryDirectory();
  const files = await writeCertificate(folder.path, { hosts: ['old.example'] });
  chmodSync(files.keyPath, 0o644);
  const read = fit(await readCertificate({ ...files, hostname: 'store.example' }, NOW_MS));
  expect(read.warnings).toHaveLength(2);
  expect(read.warnings[0]).toContain('is not for store.example');
  expect(read.warnings[1]).toContain(`chmod 600 ${files.keyPath}`);
});

it('refuses damaged files', async () => {
  await using folder = temporaryDirectory();
  const files = await writeCertificate(folder.path);
  const broken = join(folder.path, 'broken.crt');
  writeFileSync(broken, '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');
  const read = await readCertificate({ ...files, certPath: broken, hostname: null }, NOW_MS);
  expect(read).toEqual({ fault: `The certificate in ${broken} is damaged. Copy it again.` });
});

it.each([
  ['2027-03-01', undefined],
  ['2026-12-20', 'ends in 25 days, on 2026-12-20'],
  ['2026-11-24', 'ENDED ON 2026-11-24'],
])('of one that ends on %s it says %s', (day, said) => {
  const warning = endingWarning('tls.crt', Date.parse(day), NOW_MS);
  if (said === undefined) expect(warning).toBeUndefined();
  else expect(warning).toContain(said);
});
