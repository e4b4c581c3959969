import type { JsonObject } from '../../server/contract/json.ts';
import { isJsonObject } from '../../server/contract/json.ts';
import type {
  Archive,
  Keeping,
  KeptReceipt,
  KnownCashiers,
  SavedAnswers,
  SavedMasterData,
  SavedRows,
  SuspendedCart,
  SuspendedCarts,
} from '../keeping.ts';
import { overlay } from '../master-data.ts';

/** What a till keeps, in memory: for tests and for tills that need not outlive their program. */
export function memoryKeeping(): Keeping {
  return {
    masterData: memoryMasterData(),
    answers: memoryAnswers(),
    archive: memoryArchive(),
    suspended: memorySuspended(),
    cashiers: memoryCashiers(),
  };
}

function memoryMasterData(): SavedMasterData {
  let saved: SavedRows | undefined;
  return {
    read: () => Promise.resolve(saved),
    replace(next) {
      saved = next;
      return Promise.resolve();
    },
    merge(increment) {
      if (saved !== undefined) saved = overlay(saved, increment).saved;
      return Promise.resolve();
    },
  };
}

function memoryAnswers(): SavedAnswers {
  const answers = new Map<string, JsonObject>();
  return {
    read: (name) => Promise.resolve(answers.get(name)),
    write(name, answer) {
      answers.set(name, answer);
      return Promise.resolve();
    },
  };
}

function memoryArchive(): Archive {
  const receipts = new Map<string, KeptReceipt>();
  return {
    put({ messageId, body, entry }) {
      const { data } = JSON.parse(body) as { data: JsonObject[] };
      const record = data[0] ?? {};
      const partner = record['bp'];
      const name = isJsonObject(partner) ? partner['name'] : undefined;
      if ((entry.kind === 'sale' || entry.kind === 'return') && !receipts.has(messageId)) {
        receipts.set(messageId, {
          ...{ messageId, record, kind: entry.kind, where: 'till', ticketId: entry.id },
          documentNo: entry.documentNo ?? '',
          customerName: typeof name === 'string' ? name : '',
          grossMinor: entry.grossMinor,
          atMs: entry.atMs,
        });
      }
      return Promise.resolve();
    },
    move(messageId, where) {
      const receipt = receipts.get(messageId);
      if (receipt !== undefined) receipts.set(messageId, { ...receipt, where });
      return Promise.resolve();
    },
    find(text, limit) {
      const wanted = text.toLowerCase();
      const found = [...receipts.values()]
        .filter(({ documentNo }) => documentNo.toLowerCase().includes(wanted))
        .toReversed();
      return Promise.resolve(found.slice(0, limit));
    },
    byTicketId: (ticketId) =>
      Promise.resolve([...receipts.values()].find((each) => each.ticketId === ticketId)),
  };
}

function memorySuspended(): SuspendedCarts {
  const carts = new Map<string, SuspendedCart>();
  return {
    list: () => Promise.resolve([...carts.values()]),
    put(suspended) {
      carts.set(suspended.id, suspended);
      return Promise.resolve();
    },
    remove(id) {
      carts.delete(id);
      return Promise.resolve();
    },
  };
}

/** Secrets are kept as they are: this is memory, and nothing limits the tries. */
function memoryCashiers(): KnownCashiers {
  const known = new Map<
    string,
    { userId: string; userName: string; name: string; secret: string }
  >();
  return {
    list: () =>
      Promise.resolve(
        [...known.values()].map(({ userId, userName, name }) => ({ userId, userName, name })),
      ),
    learn(cashier, secret) {
      known.set(cashier.userName, { ...cashier, secret });
      return Promise.resolve();
    },
    forget(userName) {
      known.delete(userName);
      return Promise.resolve();
    },
    check(userName, secret) {
      const found = known.get(userName);
      if (found === undefined) return Promise.resolve({ ok: false, why: 'unknown' });
      if (found.secret !== secret) return Promise.resolve({ ok: false, why: 'wrong' });
      const { userId, name } = found;
      return Promise.resolve({ ok: true, cashier: { userId, userName, name } });
    },
  };
}
