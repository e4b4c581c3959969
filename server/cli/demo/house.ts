import { join } from 'node:path';
import { CONTEXT_PATH } from '../../contract/limits.ts';
import type { Estate } from '../../contract/estate.ts';
import { importEstate } from '../../start.ts';
import type { Timers } from '../../../terminal/platform.ts';
import type { Family, Member } from './family.ts';
import { freePorts } from './free-ports.ts';
import { programFile } from './program-file.ts';
import { untilReplicated } from './replicated.ts';
import { DATABASE_FILE, startServer } from './serve-process.ts';
import type { WanAnswer, WanCommand } from './wan-proxy-process.ts';

/** Keys of the two servers of the demonstration. */
const MAIN_KEY = 'HeadOffice';
const STORE_KEY = 'Store-1';

/** How long cutting the line may take: a main finishes what is in flight. */
const LINE_DEADLINE_MS = 15_000;

/** One main and one store server with a line between them, each a process of its own. */
export interface House {
  /** What was imported into the main. */
  estate: Estate;
  storeUrl: string;
  mainUrl: string;
  /** The main's database file, for those who only read. */
  mainDatabase: string;
  /** Resolves when nothing can arrive at the main any more. */
  cutLine(): Promise<void>;
  restoreLine(): Promise<void>;
  /** SIGKILL to the store server, and its start again on the same folder; resolves when it answers. */
  crashStore(): Promise<void>;
}

/** What the servers of a house know of each other before they start. */
export interface HouseAddresses {
  mainUrl: string;
  mainKey: string;
  storeUrl: string;
  storeKey: string;
}

/**
 * Imports the estate into a new main and starts main, line and store in the folder; resolves when the
 * store has everything. The main is
 * defined with the address of the line, since all of a shop's ways to head office lead over it.
 */
export async function openHouse(parts: {
  folder: string;
  family: Family;
  timers: Timers;
  estateOf: (addresses: HouseAddresses) => Estate;
}): Promise<House> {
  const { folder, family, timers } = parts;
  const [mainPort, storePort] = (await freePorts(2)) as [number, number];
  const line = await openLine(family, mainPort);
  const mainDirectory = join(folder, 'main');
  const lineUrl = `http://127.0.0.1:${line.port}`;
  const storeUrl = `http://127.0.0.1:${storePort}`;

  const estate = parts.estateOf({
    mainUrl: lineUrl + CONTEXT_PATH,
    mainKey: MAIN_KEY,
    storeUrl: storeUrl + CONTEXT_PATH,
    storeKey: STORE_KEY,
  });
  const { joinCodes } = await importEstate(
    { dataDirectory: mainDirectory, serverKey: MAIN_KEY, joinFor: [STORE_KEY] },
    estate,
  );
  const start = (name: string, port: number, options: readonly string[]): Promise<Member> =>
    startServer({ family, timers, name, port, options });
  await start('main', mainPort, ['--role', 'main', '--data', mainDirectory]);

  const storeOptions = ['--role', 'store', '--data', join(folder, 'store'), '--main', lineUrl];
  const joinOptions = ['--server-key', STORE_KEY, '--join-code', joinCodes[STORE_KEY] ?? ''];
  let store = await start('store', storePort, [...storeOptions, ...joinOptions]);
  const mainUrl = `http://127.0.0.1:${mainPort}`;
  await untilReplicated({ storeUrl, mainUrl, estate, timers });
  return {
    estate,
    storeUrl,
    mainUrl,
    mainDatabase: join(mainDirectory, DATABASE_FILE),
    cutLine: line.cut,
    restoreLine: line.restore,
    crashStore: async () => {
      await store.end('SIGKILL');
      store = await start('store', storePort, storeOptions);
    },
  };
}

async function openLine(
  family: Family,
  targetPort: number,
): Promise<{ port: number; cut: () => Promise<void>; restore: () => Promise<void> }> {
  const member = family.start({ name: 'line', script: programFile('./wan-proxy-process') });
  const command = <Did extends WanAnswer['did']>(
    did: Did,
    message: WanCommand,
  ): Promise<WanAnswer & { did: Did }> =>
    member.ask(
      message,
      (answer): answer is WanAnswer & { did: Did } => (answer as WanAnswer).did === did,
      LINE_DEADLINE_MS,
    );
  const { port } = await command('open', { command: 'open', targetPort });
  return {
    port,
    cut: async () => {
      await command('cut', { command: 'cut' });
    },
    restore: async () => {
      await command('restore', { command: 'restore' });
    },
  };
}
