import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../server/contract/json.ts';
import type { FoundReceipt } from '../../../terminal/pos-till.ts';
import { cashMethod } from '../../../terminal/terminal-settings.ts';
import { pieces } from '../../../terminal/ticket.ts';
import { cartWith, cash, logIn, newPosScene, reboot } from './support/pos.ts';

const NEW_CUSTOMER = {
  ...{ firstName: 'Zoë', lastName: 'Núñez', phone: '+34 600 12 34 56', email: 'zoe@example.com' },
  address: { street: 'S 1', postalCode: '1', city: 'C', countryId: '106', country: 'Spain' },
};

function recordsOf(
  store: { taken: Map<string, { service: string; message: JsonObject }> },
  name: string,
) {
  return [...store.taken.values()]
    .filter(({ service }) => service.endsWith(name))
    .flatMap(({ message }) => message['data'] as JsonObject[]);
}

describe('a sale at a Web POS', () => {
  it('is what was priced, with several payments and the change on record', async () => {
    const scene = newPosScene();
    const till = await logIn(scene);
    const cart = {
      ...cartWith(till, 'Baguette Piece', 4),
      discount: { kind: 'percent' as const, percent: 10_000_000 },
    };
    const priced = till.price(cart);
    const card = till.settings.payments.find(({ paymentMethod }) => !paymentMethod.iscash)!;
    const tenders = [{ method: card.payment.searchKey, amountMinor: 200 }, ...cash(till, 500)];
    const sold = await till.sell(cart, tenders);
    expect(priced).toMatchObject({ totals: sold.ticket.totals });
    expect(sold.changeMinor).toBe(358);
    await scene.platform.advance(200);
    expect(recordsOf(scene.store, 'OrderLoader')).toMatchObject([
      {
        ...{ gross: 3.42, payment: 3.42, change: 3.58 },
        payments: [{ amount: 2 }, { amount: 1.42 }],
        lines: [{ promotions: [{ amt: 0.38, manual: true }], lineGrossAmount: 3.42 }],
      },
    ]);
    const { methods, sales } = till.cashUpSoFar();
    expect(sales).toEqual({ count: 1, grossMinor: 342 });
    expect(methods.find(({ isCash }) => isCash)).toMatchObject({ expectedMinor: 142 });
    await till.logOut();
  });

  it('is not done where it is not paid, and uses no number up', async () => {
    const till = await logIn(newPosScene());
    const cart = cartWith(till, 'Baguette Piece');
    await expect(till.sell(cart, [])).rejects.toMatchObject({ code: 'notCovered' });
    expect(await till.sell(cart, cash(till, 95))).toMatchObject({
      done: { documentNo: 'C01/0000042', tillSeq: 1 },
    });
    await till.logOut();
  });

  it('is done only when a server has it, where the browser keeps nothing', async () => {
    const scene = newPosScene();
    const till = await logIn(scene, true);
    const cart = cartWith(till, 'Baguette Piece');
    const selling = till.sell(cart, cash(till, 95));
    await scene.platform.advance(200);
    expect((await selling).receipt.where).toBe('store');
    expect(till.status().storeFault).toBeNull();

    scene.store.down = true;
    const alone = till.sell(cart, cash(till, 95));
    await scene.platform.advance(10_100);
    await alone;
    expect(till.status().storeFault).toContain('in this window only');
    await expect(till.sell(cart, cash(till, 95))).rejects.toMatchObject({ code: 'storeFault' });

    scene.store.down = false;
    await scene.platform.advance(60_000);
    expect(till.status().unsent).toBe(0);
    await till.logOut();
  });

  it('is refused while the till’s store is broken, which the status says', async () => {
    const scene = newPosScene();
    const till = await logIn(scene);
    let told = 0;
    till.subscribe(() => (told += 1));
    scene.log.fail = true;
    const sale = till.sell(cartWith(till, 'Baguette Piece'), cash(till, 95));
    await expect(sale).rejects.toMatchObject({ code: 'storeFault' });
    expect(till.status().storeFault).toContain('cannot write its queue');
    expect(told).toBeGreaterThan(0);
    await till.logOut();
  });
});

describe('the status', () => {
  it('is one object until something changes', async () => {
    const scene = newPosScene();
    const till = await logIn(scene);
    await scene.platform.advance(16_000);
    const before = till.status();
    expect(before).toMatchObject({ unsent: 0, server: 'Default', headOffice: true });
    expect(before.can).toEqual({ createCustomers: true, findOldReceipts: true });
    expect(till.status()).toBe(before);
    scene.store.serverState = 'offline';
    await scene.platform.advance(16_000);
    expect(till.status()).toMatchObject({ headOffice: false });
    scene.store.down = true;
    await till.sell(cartWith(till, 'Baguette Piece'), cash(till, 95));
    await scene.platform.advance(16_000);
    const after = till.status();
    expect(after).toMatchObject({ unsent: 1, kept: 1, server: null, headOffice: null });
    expect(after.can.findOldReceipts).toBe(false);
    await till.logOut();
  });
});

describe('receipts', () => {
  it('of the till say where they are, and are taken back in parts, each part once', async () => {
    const scene = newPosScene();
    const till = await logIn(scene);
    await till.sell(cartWith(till, 'Baguette Piece', 3), cash(till, 285));
    await scene.platform.advance(40_000);
    const [found] = await till.findReceipts('0000042');
    expect(found).toMatchObject({ where: 'headOffice', grossMinor: 285, kind: 'sale' });
    const opened = await till.openReceipt(found!);
    const [line] = opened.lines;
    expect(line).toMatchObject({ name: 'Baguette Piece', returnableQuantity: 3_000 });
    const key = cashMethod(till.settings).payment.searchKey;
    const part = [{ lineId: line!.lineId, quantity: pieces(2) }];
    // Twice at once: one of them finds too little left.
    const both = await Promise.allSettled([
      till.takeBack(opened, part, key),
      till.takeBack(opened, part, key),
    ]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect((await till.openReceipt(found!)).lines[0]?.returnableQuantity).toBe(1_000);
    await till.logOut();

    const again = await logIn(reboot(scene));
    const reopened = await again.openReceipt(found!);
    expect(reopened.lines[0]?.returnableQuantity).toBe(1_000);
    const rest = [{ lineId: line!.lineId, quantity: pieces(1) }];
    const last = await again.takeBack(reopened, rest, key);
    expect(last.ticket.totals.grossMinor).toBe(-95);
    expect(again.cashUpSoFar().returns).toEqual({ count: 2, grossMinor: 285 });
    await again.logOut();
  });

  it('that only a server has are found, opened and taken back at the price of then', async () => {
    const scene = newPosScene();
    const { queries } = scene.store;
    queries.set('PaidReceiptsHeader', ({ filters }) => [
      {
        ...{ id: 'OLD', documentNo: 'C09/0000777', orderDate: '2026-04-01T10:00:00Z' },
        businessPartner: (filters as JsonObject)['filterText'] === '777' ? 'Walk-in' : '',
        ...{ totalamount: 2.42, documentTypeId: 'ORD', isLayaway: false },
      },
    ]);
    queries.set('.PaidReceipts', () => [
      {
        ...{ orderid: 'OLD', documentNo: 'C09/0000777', priceIncludesTax: true, bp: 'X' },
        receiptLines: [
          {
            ...{ id: 'GONE', lineId: 'L1', name: 'Old lamp', quantity: 2, unitPrice: 1.51 },
            linegrossamount: 2.42,
            taxes: [
              { taxId: 'T', identifier: 'VAT', taxAmount: 0.42, taxableAmount: 2, taxRate: 21 },
            ],
            promotions: [{ ruleId: 'R', discountType: 'D', name: 'Sale', amt: 0.6 }],
          },
        ],
        receiptPayments: [{ amount: 2.42, name: 'Cash' }],
        receiptTaxes: [{ taxid: 'T', rate: 21, docTaxAmount: 'L', name: 'VAT' }],
      },
    ]);
    const till = await logIn(scene);
    const [found] = await till.findReceipts('777');
    expect(found).toMatchObject({ ticketId: 'OLD', where: null, customerName: 'Walk-in' });
    const opened = await till.openReceipt(found!);
    expect(opened).toMatchObject({
      ...{ grossMinor: 242, netMinor: 200, payments: [{ name: 'Cash', amountMinor: 242 }] },
      lines: [{ name: 'Old lamp', returnableQuantity: 2_000, discounts: [{ amountMinor: 60 }] }],
    });
    const key = cashMethod(till.settings).payment.searchKey;
    const back = await till.takeBack(opened, [{ lineId: 'L1', quantity: 1_000 }], key);
    expect(back.ticket.totals.grossMinor).toBe(-121);
    await scene.platform.advance(200);
    expect(recordsOf(scene.store, 'OrderLoader')).toMatchObject([
      {
        orderType: 1,
        lines: [{ originalOrderId: 'OLD', originalOrderLineId: 'L1', qty: -1, price: 1.51 }],
      },
    ]);
    await till.logOut();
  });

  it('that nobody has are said to be missing', async () => {
    const scene = newPosScene();
    const till = await logIn(scene);
    const found: FoundReceipt = {
      ...{ ticketId: 'X', documentNo: 'X', kind: 'sale', customerName: '', grossMinor: 0, atMs: 0 },
      where: null,
    };
    scene.store.queries.set('.PaidReceipts', () => []);
    await expect(till.openReceipt(found)).rejects.toMatchObject({ code: 'noTicket' });
    await till.logOut();
  });
});

describe('customers', () => {
  it('made here are found by name, phone and e-mail, after a reboot too', async () => {
    const scene = newPosScene();
    const till = await logIn(scene);
    const made = await till.createCustomer(NEW_CUSTOMER);
    scene.store.down = true;
    await till.logOut();
    for (const at of [till, await logIn(reboot(scene))]) {
      for (const text of ['nunez zoe', '600123456', '600 12', 'ZOE@', 'núñez']) {
        const ids = (await at.findCustomers(text)).map(({ row }) => row.id);
        expect(ids).toContain(made.row.id);
      }
    }
  });

  it('have another address, which is sent and kept', async () => {
    const scene = newPosScene();
    const till = await logIn(scene);
    const [known] = await till.findCustomers('W001');
    const address = { ...NEW_CUSTOMER.address, street: 'New Street 5', city: 'Toledo' };
    const moved = await till.changeAddress(known!.row.id, address);
    expect(moved.billTo).toMatchObject({ id: known!.billTo!.id, name: 'New Street 5' });
    await scene.platform.advance(200);
    expect(recordsOf(scene.store, 'CustomerAddrLoader')).toMatchObject([
      { id: known!.billTo!.id, bpartner: known!.row.id, cityName: 'Toledo', isBillTo: true },
    ]);
    const [again] = await till.findCustomers('W001');
    expect(again?.billTo?.name).toBe('New Street 5');
    await till.logOut();
  });

  it('that only a server knows can buy here', async () => {
    const scene = newPosScene();
    const till = await logIn(scene);
    scene.store.queries.set('master.BusinessPartner', () => [
      { id: 'FAR', name: 'Quentin Faraway', searchKey: 'FAR' },
    ]);
    scene.store.queries.set('master.BPLocation', () => [
      { id: 'FARLOC', bpartner: 'FAR', name: 'Road 9', isBillTo: true, isShipTo: true },
    ]);
    expect(await till.findCustomers('quentin')).toMatchObject([
      { row: { id: 'FAR' }, billTo: { id: 'FARLOC' } },
    ]);
    scene.store.down = true;
    expect(await till.findCustomers('faraway')).toHaveLength(1);
    const cart = { ...cartWith(till, 'Baguette Piece'), customerId: 'FAR' };
    expect(await till.sell(cart, cash(till, 95))).toMatchObject({
      receipt: { customerName: 'Quentin Faraway' },
    });
    await till.logOut();
  });
});

describe('a suspended cart', () => {
  it('is taken up once', async () => {
    const scene = newPosScene();
    const till = await logIn(scene);
    const cart = cartWith(till, 'Baguette Piece');
    await till.suspend(cart, 'red hat');
    await till.logOut();
    const again = await logIn(reboot(scene));
    const [put] = await again.suspended();
    expect(put).toMatchObject({ note: 'red hat', cart });
    expect(await again.resume(put!.id)).toEqual(cart);
    await expect(again.resume(put!.id)).rejects.toMatchObject({ code: 'noSuspended' });
    await again.logOut();
  });
});

describe('the cash-up', () => {
  it('says what was counted, and what is missing', async () => {
    const scene = newPosScene();
    const till = await logIn(scene);
    const key = cashMethod(till.settings).payment.searchKey;
    const [reason] = till.settings.cashMgmtDepositEvents.slice(-1);
    await till.moveCash('deposit', 10_000, reason!.id);
    await till.sell(cartWith(till, 'Baguette Piece'), cash(till, 95));
    expect(till.cashUpSoFar().methods.find(({ isCash }) => isCash)).toMatchObject({
      ...{ startingMinor: 0, depositsMinor: 10_000, salesMinor: 95, expectedMinor: 10_095 },
    });
    await till.cashUp({ [key]: 10_000 }, { [key]: 5_000 });
    await scene.platform.advance(200);
    expect(recordsOf(scene.store, 'ProcessCashMgmt')).toMatchObject([
      { reasonId: reason!.id, description: reason!.name, amount: 100 },
    ]);
    const [record] = recordsOf(scene.store, 'ProcessCashClose');
    const closes = record!['cashCloseInfo'] as JsonObject[];
    expect(closes.find((each) => each['difference'] !== 0)).toMatchObject({
      ...{ expected: 100.95, foreignExpected: 100.95, difference: -0.95, foreignDifference: -0.95 },
      paymentMethod: { amountToKeep: 50 },
    });
    const infos = record!['cashPaymentMethodInfo'] as JsonObject[];
    expect(infos.find((each) => each['searchKey'] === key)).toMatchObject({ totalCounted: 100 });
    expect(till.cashUpSoFar().methods.find(({ isCash }) => isCash)).toMatchObject({
      ...{ startingMinor: 5_000, salesMinor: 0, expectedMinor: 5_000 },
    });
    await till.logOut();
  });

  it('refuses what cannot be', async () => {
    const till = await logIn(newPosScene());
    const key = cashMethod(till.settings).payment.searchKey;
    const refused = (code: string) => ({ code });
    await expect(till.cashUp({ [key]: 100 }, { [key]: 101 })).rejects.toMatchObject(
      refused('badCount'),
    );
    await expect(till.cashUp({ [key]: -1 }, {})).rejects.toMatchObject(refused('badCount'));
    await expect(till.cashUp({ X: 1 }, {})).rejects.toMatchObject(refused('unknownMethod'));
    await expect(till.moveCash('drop', 0, '')).rejects.toMatchObject(refused('badAmount'));
    await expect(till.moveCash('drop', 5, 'X')).rejects.toMatchObject(refused('unknownReason'));
    await till.logOut();
  });
});
