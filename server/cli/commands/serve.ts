import { Command, Option } from 'commander';
import { z } from 'zod';
import { DEFAULT_HTTPS_PORT, DEFAULT_PORT } from '../../contract/limits.ts';
import type { ServeSettings } from '../../contract/settings.ts';
import { serveSettingsSchema } from '../../contract/settings.ts';
import type { RunningServer } from '../../start.ts';
import { startServer } from '../../start.ts';
import { UsageFault } from '../fault.ts';

interface ServeOptions {
  role: string;
  data: string;
  port: string;
  host: string;
  main?: string;
  serverKey?: string;
  joinCode?: string;
  tlsCert?: string;
  tlsKey?: string;
  httpsPort?: string;
  publicUrl?: string;
  logLevel: string;
}

/** `backroom serve`: runs a store server or a main server until it is told to stop. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('Run a store server or a main server.')
    .addOption(
      new Option('--role <role>', 'what this server is')
        .choices(['store', 'main'])
        .makeOptionMandatory(),
    )
    .requiredOption('--data <directory>', 'folder of its database; made when missing')
    .option('--port <number>', 'port to listen on (0: any free one)', String(DEFAULT_PORT))
    .option(
      '--host <address>',
      'address to listen on; 0.0.0.0 serves the tills of the shop',
      '127.0.0.1',
    )
    .option('--main <url>', 'address of the main server (a store server)')
    .option('--server-key <key>', 'Mobile Server Key, as defined at the main server')
    .option(
      '--join-code <code>',
      'one-time code from the main server, for the first start of a store server',
    )
    .option('--tls-cert <file>', 'certificate in PEM form: https as well (docs/tls.md)')
    .option('--tls-key <file>', 'its key in PEM form')
    .option(
      '--https-port <number>',
      `port for https beside the one for http (0: any free one; ${DEFAULT_HTTPS_PORT} without it)`,
    )
    .option(
      '--public-url <url>',
      'the address under which tills open their page for good: a name, never an address',
    )
    .addOption(new Option('--log-level <level>', 'how much is logged').default('info'))
    .action(async (options: ServeOptions) => {
      const running = await startServer(settingsOf(options));
      stopOnSignal(running);
      console.log(announcement(running, options.publicUrl));
    });
}

function settingsOf(options: ServeOptions): ServeSettings {
  const parsed = serveSettingsSchema.safeParse({
    role: options.role,
    dataDirectory: options.data,
    host: options.host,
    port: Number(options.port),
    mainUrl: options.main,
    serverKey: options.serverKey,
    joinCode: options.joinCode,
    tls: tlsOf(options),
    publicUrl: options.publicUrl,
    logLevel: options.logLevel,
  });
  if (!parsed.success) throw new UsageFault(z.prettifyError(parsed.error));
  return parsed.data;
}

function tlsOf({ tlsCert, tlsKey, httpsPort }: ServeOptions): object | undefined {
  if (tlsCert !== undefined && tlsKey !== undefined) {
    const port = httpsPort === undefined ? undefined : Number(httpsPort);
    return { certPath: tlsCert, keyPath: tlsKey, port };
  }
  if (tlsCert === undefined && tlsKey === undefined && httpsPort === undefined) return undefined;
  throw new UsageFault('Https needs both files: give --tls-cert and --tls-key.');
}

/** What a person who started the server reads first; whoever reads it may already send a signal. */
function announcement(running: RunningServer, publicUrl: string | undefined): string {
  const { role, serverKey, url, httpsUrl, setupCode } = running;
  const secure = httpsUrl === null ? '' : ` and ${httpsUrl}`;
  const pos = publicUrl === undefined ? '' : `\nTills open ${new URL('/pos/', publicUrl).href}`;
  const listens = `Backroom ${role} server "${serverKey}" listens at ${url}${secure}${pos}`;
  if (setupCode === null) return listens;
  return `${listens}\nSet it up at ${url}/manage/ with this code (it works once): ${setupCode}`;
}

/** The first signal stops the server cleanly; a second one ends the process at once. */
function stopOnSignal(running: RunningServer): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    void running.stop().then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
