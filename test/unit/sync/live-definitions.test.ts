import { expect, it } from 'vitest';
import type { BackroomEvent } from '../../../server/contract/manage.ts';
import type { Storage } from '../../../server/storage/port.ts';
import { followDefinitions } from '../../../server/sync/live-definitions.ts';
import { createLog } from '../../../server/system/log.ts';
import { definitionsOf } from '../../support/definitions.ts';

it('shows a change to whoever waits, although it is read only after it was told', async () => {
  let version = 1;
  let tell: (events: readonly BackroomEvent[]) => void = () => undefined;
  const storage = {
    // Read in a later turn, like in a thread of its own.
    definitions: async () => {
      await new Promise(setImmediate);
      return { ...definitionsOf(), version };
    },
    onEvents(listener: typeof tell) {
      tell = listener;
      return () => undefined;
    },
  } as unknown as Storage;
  const live = await followDefinitions(storage, createLog('silent'));
  await live.settled();
  expect(live.current().version).toBe(1);
  version = 2;
  tell([{ kind: 'definitions' } as BackroomEvent]);
  expect(live.current().version).toBe(1);
  await live.settled();
  expect(live.current().version).toBe(2);
});
