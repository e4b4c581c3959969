import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../server/contract/json.ts';
import type { Understanding } from '../../../server/core/change.ts';
import { judge, questionsOf } from '../../../server/core/judge.ts';
import { loaders } from '../../../server/mobile/modules/posterminal/loaders/index.ts';
import { cashMethod } from '../../../terminal/terminal-settings.ts';
import { cartWith, cash, logIn, newPosScene } from './support/pos.ts';
import { terminal } from './support/shop.ts';

/** What a main makes of a message, where nothing that it needs is missing. */
function judged(service: string, record: JsonObject) {
  const loader = loaders.find(({ name }) => name === service);
  if (loader?.kind !== 'transaction') throw new Error(`no loader ${service}`);
  const reading = loader.reader(record, terminal);
  if (!reading.ok) throw new Error(reading.reason);
  const { changes, needs }: Understanding = reading.understanding;
  questionsOf(changes, needs);
  const facts = { records: new Map(), tickets: new Map(), cashups: new Map() };
  return judge(terminal.id, changes, { ...facts, missing: [], faults: [] });
}

describe('the records of a Web POS', () => {
  it('are taken by a main: discounts, several payments, a part taken back, an address, a count', async () => {
    const scene = newPosScene();
    const till = await logIn(scene);
    const key = cashMethod(till.settings).payment.searchKey;
    const card = till.settings.payments.find(({ payment }) => payment.searchKey !== key)!;
    const cart = cartWith(till, 'Baguette Piece', 3);
    cart.lines[0]!.discount = { kind: 'amount', amountMinor: 5 };
    const discount = { kind: 'percent' as const, percent: 7_500_000 };
    const sold = await till.sell({ ...cart, discount }, [
      { method: card.payment.searchKey, amountMinor: 100 },
      ...cash(till, 500),
    ]);
    const [found] = await till.findReceipts(sold.receipt.documentNo);
    const opened = await till.openReceipt(found!);
    await till.takeBack(opened, [{ lineId: opened.lines[0]!.lineId, quantity: 1_000 }], key);
    const [customer] = await till.findCustomers('C001');
    await till.changeAddress(customer!.row.id, {
      ...{ street: 'S', postalCode: '1', city: 'C', countryId: '106', country: 'Spain' },
    });
    await till.cashUp({ [key]: 1 }, {});
    await scene.platform.advance(500);
    const taken = [...scene.store.taken.values()];
    expect(taken.map(({ service }) => service.split('.').at(-1))).toEqual([
      ...['OrderLoader', 'OrderLoader', 'CustomerAddrLoader', 'ProcessCashClose'],
    ]);
    for (const { service, message } of taken) {
      const [record] = message['data'] as JsonObject[];
      expect(judged(service, record!)).toEqual({ outcome: 'applied' });
    }
    await till.logOut();
  });
});
