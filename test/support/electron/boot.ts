/**
 * Starts an app as the `electron` executable does: `electron [-r MODULE]… [--switch]… APP [ARGUMENT]…`,
 * or the app in `resources/app.asar` beside the executable.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import inspector from 'node:inspector';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { extractAll } from '@electron/asar';
import { aliasElectron } from './alias.ts';
import { ELECTRON_VERSION, hasSwitch, setRuntime } from './runtime.ts';

const executablePath = process.env['STAND_IN_EXECUTABLE'] ?? process.execPath;
const commandLine = process.argv.slice(2);
if (commandLine.includes('--version')) {
  console.log(`v${ELECTRON_VERSION}`);
  process.exit(0);
}

const resourcesPath = join(dirname(executablePath), 'resources');
const archivePath = join(resourcesPath, 'app.asar');
const isPackaged = existsSync(archivePath);
const { preloadedModules, app } = parse(commandLine);
const appPath = isPackaged ? extract(archivePath) : folderOf(app);
setRuntime({ appPath, isPackaged, executablePath, commandLine });

process.argv = [executablePath, ...commandLine];
Object.assign(process, { type: 'browser', resourcesPath });
Object.defineProperty(process.versions, 'electron', { value: ELECTRON_VERSION, enumerable: true });
aliasElectron();

const require = createRequire(import.meta.url);
for (const module of preloadedModules) require(resolve(module));
// Playwright talks to the main process through the inspector, after its preloaded module is there.
if (hasSwitch('inspect')) inspector.open(0);
const { finishBoot } = await import('./app.ts');
try {
  await import(pathToFileURL(entryOf(appPath)).href);
} catch (error) {
  console.error(error);
  process.exit(1);
}
finishBoot();

/** The modules to load first and the app's path, as Electron's own start reads them. */
function parse(words: readonly string[]): { preloadedModules: string[]; app: string | undefined } {
  const preloadedModules: string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (word === '-r' || word === '--require') {
      index += 1;
      preloadedModules.push(words[index] ?? '');
    } else if (!word.startsWith('-')) {
      return { preloadedModules, app: word };
    }
  }
  return { preloadedModules, app: undefined };
}

function folderOf(path: string | undefined): string {
  if (path === undefined || !statSync(path).isDirectory()) {
    console.error('The stand-in for Electron needs the folder of an app.');
    process.exit(1);
  }
  return resolve(path);
}

/** Plain Node cannot read inside an archive, so the app runs from a copy of its contents. */
function extract(path: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'electron-stand-in-app-'));
  process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
  extractAll(path, directory);
  return directory;
}

function entryOf(directory: string): string {
  const manifest = readFileSync(join(directory, 'package.json'), 'utf8');
  return join(directory, (JSON.parse(manifest) as { main?: string }).main ?? 'index.js');
}
