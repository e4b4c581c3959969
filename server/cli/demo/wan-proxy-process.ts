/**
 * The wide-area line as a process of its own, commanded over Node's IPC. It ends with its parent.
 */
import { openWanProxy } from './wan-proxy.ts';

/** What the line is told. */
export type WanCommand = { command: 'open'; targetPort: number } | { command: 'cut' | 'restore' };

/** What it answers when it is done. */
export type WanAnswer =
  { did: 'open'; port: number } | { did: 'cut'; broken: number } | { did: 'restore' };

const answer = (message: WanAnswer): void => {
  process.send?.(message);
};
let proxy: Awaited<ReturnType<typeof openWanProxy>> | undefined;

async function obey(command: WanCommand): Promise<void> {
  if (command.command === 'open') {
    proxy = await openWanProxy({ port: command.targetPort });
    answer({ did: 'open', port: proxy.port });
  } else if (command.command === 'cut') {
    answer({ did: 'cut', broken: (await proxy?.cut())?.broken ?? 0 });
  } else {
    proxy?.restore();
    answer({ did: 'restore' });
  }
}

process.on('message', (command: WanCommand) => void obey(command));
process.on('disconnect', () => process.exit(0));
