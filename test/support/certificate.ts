import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from 'selfsigned';

/** PEM files of a certificate that signs itself. */
export interface CertificateFiles {
  certPath: string;
  keyPath: string;
}

/** Makes a certificate for names (`localhost` among them) and writes it into the folder. */
export async function writeCertificate(
  folder: string,
  { name = 'tls', hosts = ['localhost'], notAfter = new Date('2100-01-01') } = {},
): Promise<CertificateFiles> {
  const pems = await generate([{ name: 'commonName', value: hosts[0]! }], {
    algorithm: 'sha256',
    keyType: 'ec',
    notBeforeDate: new Date('2020-01-01'),
    notAfterDate: notAfter,
    extensions: [
      { name: 'subjectAltName', altNames: hosts.map((value) => ({ type: 2 as const, value })) },
    ],
  });
  const files = { certPath: join(folder, `${name}.crt`), keyPath: join(folder, `${name}.key`) };
  writeFileSync(files.certPath, pems.cert);
  writeFileSync(files.keyPath, pems.private);
  chmodSync(files.keyPath, 0o600);
  return files;
}
