import { describe, expect, it } from 'vitest';
import { whatIf, whatIfEach } from '../../../../server/core/topology/what-if.ts';
import { allBut, server, setting, storeServer, topology } from './estates.ts';

const HALF_DAY_MS = 12 * 60 * 60_000;

/** What Bilbao can do while these are down. */
function bilbao(estate: ReturnType<typeof topology>, ...down: string[]) {
  const [answer] = whatIf(estate, [down]);
  return answer!.stores.find(({ store }) => store.name === 'Bilbao')!;
}

describe('what if servers are down', () => {
  it('keeps a store selling through its store server while the main is away', () => {
    expect(bilbao(topology(), 'Central')).toEqual({
      store: { id: 'Bilbao', name: 'Bilbao' },
      logIn: { works: 'yes', reason: 'Shop logs in.', forMs: null },
      query: { works: 'yes', reason: 'Answered by Shop.', forMs: null },
      sell: { works: 'yes', reason: 'Shop takes what is sold.', forMs: null },
      confirm: {
        works: 'no',
        reason: 'Waits at Shop for Central: everything.',
        forMs: null,
      },
    });
  });

  it('leaves the main for everything while the store server is away', () => {
    const { logIn, query, sell, confirm } = bilbao(topology(), 'Shop');
    expect([logIn.reason, query.reason, sell.reason]).toEqual([
      'Central logs in.',
      'Answered by Central.',
      'Central takes what is sold.',
    ]);
    expect(confirm.works).toBe('yes');
  });

  it('keeps tickets in the tills while nobody takes them', () => {
    const takesNone = allBut('Loader', 'ProcessCash');
    const estate = topology({
      servers: [storeServer('Shop', 10, takesNone), server('Central', 20)],
    });
    const { sell, confirm } = bilbao(estate, 'Central');
    expect(sell).toMatchObject({
      works: 'yes',
      reason:
        'Tills that are logged in sell on and keep it in their own queue until a server takes it; it is lost if the till is lost before.',
    });
    expect(confirm).toMatchObject({
      works: 'no',
      reason: 'Stays in the tills, for want of Central: everything.',
    });
  });

  it('says where it waits for the second of two mains', () => {
    const mains = topology({ servers: [server('Central', 10), server('Backup', 20)] });
    expect(bilbao(mains, 'Backup').confirm).toMatchObject({
      works: 'partly',
      reason: 'Waits in the tills for Backup: everything.',
    });
    const reserve = topology({
      servers: [server('Central', 10), storeServer('Shop', 15), server('Backup', 20)],
    });
    expect(bilbao(reserve, 'Backup').confirm.reason).toBe(
      'Waits at Central for Backup: everything.',
    );
  });

  it('gives logged-in tills the age of a token while nobody logs in', () => {
    const { logIn, query, sell, confirm } = bilbao(topology(), 'Shop', 'Central');
    expect(logIn).toEqual({
      works: 'no',
      reason: 'No server that logs in is up. Who is logged in stays so for at most 12 hours.',
      forMs: HALF_DAY_MS,
    });
    expect([query.works, sell.works, confirm.works]).toEqual(['no', 'partly', 'no']);
    expect(sell.forMs).toBe(HALF_DAY_MS);
    const short = topology({
      preferences: [
        setting('OBMOBC_AuthenticationTokenMaxAge', '3600000', { organization: 'North' }),
      ],
    });
    expect(bilbao(short, 'Shop', 'Central').sell.forMs).toBe(3_600_000);
  });

  it('names the queries that only a missing server answers', () => {
    const estate = topology({
      servers: [storeServer('Shop', 10, allBut('.PaidReceipts')), server('Central', 20)],
    });
    const { query } = bilbao(estate, 'Central');
    expect(query).toMatchObject({
      works: 'partly',
      reason: 'Answered by Shop, except PaidReceiptsHeader, PaidReceiptsFilter and PaidReceipts.',
    });
  });

  it('confirms in part while one of several mains is away', () => {
    const estate = topology({
      servers: [storeServer('Shop', 10), server('Central', 20), server('Archive', 30)],
    });
    expect(bilbao(estate, 'Archive').confirm).toMatchObject({
      works: 'partly',
      reason: 'Waits at Shop for Archive: everything.',
    });
    expect(bilbao(estate).confirm.works).toBe('yes');
  });

  it('asks of each active server alone, at the stores that it serves', () => {
    const estate = topology({
      servers: [
        storeServer('Shop', 10),
        server('Central', 20),
        storeServer('Elsewhere', 30, { organizations: ['Other'] }),
        server('Gone', 40, { active: false }),
      ],
    });
    const asked = whatIfEach(estate).map(({ down, stores }) => [down, stores.length]);
    expect(asked).toEqual([
      [['Shop'], 1],
      [['Central'], 1],
      [['Elsewhere'], 0],
    ]);
    expect(whatIfEach(estate)[0]?.stores).toEqual(whatIf(estate, [['Shop']])[0]?.stores);
  });

  it('does not know what a store without servers does', () => {
    const estate = topology({ servers: [storeServer('Shop', 10, { organizations: ['Other'] })] });
    expect(bilbao(estate).sell.works).toBe('unknown');
  });
});
