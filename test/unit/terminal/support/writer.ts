/** Adds messages to a queue in the given folder for as long as it lives, and tells the id of each that is done. */
import { openFileQueue } from '../../../../terminal/node/file-queue.ts';
import { nodePlatform } from '../../../../terminal/node/platform.ts';
import { MessageQueue } from '../../../../terminal/queue.ts';

/** A line of what it prints: a message that is done. */
export interface Told {
  done: string;
}

const { log } = await openFileQueue(process.argv[2] ?? '.');
const queue = await MessageQueue.open(
  log,
  nodePlatform(() => undefined, 1),
);
for (let number = 1; ; number += 1) {
  const messageId = `m${number}`;
  await queue.add({
    messageId,
    service: 'OrderLoader',
    head: {},
    data: [{ id: messageId }],
    entry: { kind: 'sale', id: messageId, documentNo: null, grossMinor: 1, atMs: number },
  });
  const told: Told = { done: messageId };
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
