import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The release whose behaviour is followed; package.json pins the same one. */
export const ELECTRON_VERSION = '45.4.1';

/** What the boot has found out, for every module of the stand-in. */
interface Runtime {
  /** The app's folder; for a packaged app the folder that its archive was extracted to. */
  appPath: string;
  isPackaged: boolean;
  executablePath: string;
  /** The command line as it was given, without the executable. */
  commandLine: readonly string[];
  name: string;
  version: string;
}

let current: Runtime | undefined;

export function runtime(): Runtime {
  if (current === undefined) throw new Error('The stand-in is used before it has booted.');
  return current;
}

export function setRuntime(found: Omit<Runtime, 'name' | 'version'>): void {
  const manifest = JSON.parse(readFileSync(join(found.appPath, 'package.json'), 'utf8')) as {
    name: string;
    productName?: string;
    version: string;
  };
  const { name, productName, version } = manifest;
  current = { ...found, name: productName ?? name, version };
}

/** The value of `--name=value` on the command line; '' where it is a bare switch or missing. */
export function switchValue(name: string): string {
  const prefix = `--${name}=`;
  const given = runtime().commandLine.find((argument) => argument.startsWith(prefix));
  return given?.slice(prefix.length) ?? '';
}

export function hasSwitch(name: string): boolean {
  return runtime().commandLine.includes(`--${name}`) || switchValue(name) !== '';
}
