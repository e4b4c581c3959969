import type {
  BackroomEvent,
  EntriesPage,
  EntryDetail,
  EntryState,
  MainStatus,
  Overview,
} from '../../server/contract/manage.ts';
import type { EntriesQuery } from '../../server/storage/port.ts';
import type { ManageStorage } from '../../server/manage/parts.ts';
import { createHash } from 'node:crypto';

const POSTERMINAL = 'org.openbravo.retail.posterminal.';
export const HEAD_OFFICE = 'Main-Madrid';
export const WAREHOUSE = 'Main-Analytics';

/** The tills of the shop. The last one has never been switched on. */
export const TILLS = [
  { id: 'T1', searchKey: 'VBS-1', name: 'Checkout 1' },
  { id: 'T2', searchKey: 'VBS-2', name: 'Checkout 2' },
  { id: 'T3', searchKey: 'VBS-3', name: 'Bakery counter' },
  { id: 'T4', searchKey: 'VBS-4', name: 'Café' },
  { id: 'T5', searchKey: 'VBS-5', name: 'Summer terrace' },
] as const;

const CATALOGUE = [
  ['Sourdough loaf', 420],
  ['Butter croissant', 165],
  ['Flat white', 280],
  ['Oat milk 1 l', 219],
  ['Free-range eggs ×6', 289],
  ['Manchego 200 g', 545],
  ['Tomatoes on the vine', 312],
  ['Olive oil 0.75 l', 1190],
] as const;

type MainFacts = Omit<MainStatus, 'waiting'>;
type StoredEntry = EntryDetail & { counts: boolean };

/** A shop in memory: what storage and the loops would tell the managers' screens. */
export class Scene {
  private seq = 4_210;
  private readonly events: BackroomEvent[] = [];
  private readonly listeners = new Set<(events: readonly BackroomEvent[]) => void>();
  private readonly entries: StoredEntry[] = [];
  private readonly seen = new Map<string, { lastSeenMs: number; unsent: number }>();
  readonly retried: number[] = [];
  readonly mains: MainFacts[];
  readonly nowMs: () => number;
  private chance = 7;

  constructor(nowMs: () => number) {
    this.nowMs = nowMs;
    this.mains = [
      this.main(HEAD_OFFICE, 'Head office Madrid', 'https://pos.madrid.example/openbravo'),
      this.main(WAREHOUSE, 'Sales analytics', 'https://analytics.example/openbravo'),
    ];
  }

  /** Fills the shop with a morning's trade, the second main down for the last part of it. */
  open(): void {
    const minute = 60_000;
    const outageMs = this.nowMs() - 23 * minute;
    for (let index = 0; index < 164; index += 1) {
      const atMs = this.nowMs() - (174 - index) * 1.06 * minute;
      const till = TILLS[index % 7 === 0 ? 3 : this.dice(4)] ?? TILLS[0];
      const entry = this.sell(till.id, atMs);
      this.acknowledge(entry, HEAD_OFFICE, atMs + 900);
      if (atMs < outageMs) this.acknowledge(entry, WAREHOUSE, atMs + 1_400);
      else this.fail(entry, WAREHOUSE, atMs + 2_000);
    }
    this.setMain(WAREHOUSE, 'offline', outageMs, 'connect ETIMEDOUT 203.0.113.20:443');
    this.park(this.entries[131], HEAD_OFFICE);
    TILLS.slice(0, 4).forEach((till, index) => {
      const quietMs = index === 3 ? 11 * minute : 4_000 + index * 5_000;
      this.seen.set(till.id, { lastSeenMs: this.nowMs() - quietMs, unsent: index === 3 ? 2 : 0 });
    });
  }

  /** A till hands over a ticket, or now and then something else. */
  sell(terminal: string, atMs = this.nowMs()): StoredEntry {
    const entryNo = 1_840 + this.entries.length;
    const kind = this.entries.length % 23;
    const service =
      kind === 20
        ? `${POSTERMINAL}CustomerLoader`
        : kind === 21
          ? `${POSTERMINAL}ProcessCashMgmt`
          : `${POSTERMINAL}OrderLoader`;
    const isTicket = service.endsWith('OrderLoader');
    const lines = Array.from({ length: 1 + this.dice(4) }, () => {
      const [name, priceMinor] = CATALOGUE[this.dice(CATALOGUE.length)] ?? CATALOGUE[0];
      return { product: name, qty: 1 + this.dice(2), grossUnitPrice: priceMinor / 100 };
    });
    const grossMinor = lines.reduce(
      (sum, line) => sum + Math.round(line.grossUnitPrice * 100) * line.qty,
      0,
    );
    const till = TILLS.find((row) => row.id === terminal) ?? TILLS[0];
    const documentNo = isTicket
      ? `${till.searchKey}/${String(entryNo - 1_600).padStart(7, '0')}`
      : null;
    const messageId = hex(`${entryNo} message`).slice(0, 32).toUpperCase();
    const body = JSON.stringify({
      messageId,
      posTerminal: till.searchKey,
      data: [
        {
          id: hex(`${entryNo}`).slice(0, 32).toUpperCase(),
          documentNo,
          gross: grossMinor / 100,
          lines,
        },
      ],
    });
    const entry: StoredEntry = {
      entryNo,
      messageId,
      service,
      terminal,
      terminalName: till.name,
      acceptedAt: iso(atMs),
      state: 'queued',
      records: 1,
      bytes: Buffer.byteLength(body),
      documentNo,
      grossMinor: isTicket ? grossMinor : null,
      reason: null,
      digest: hex(body),
      serverEpoch: 1,
      serverSeq: this.entries.filter((other) => other.terminal === terminal).length + 1,
      tillSeq: this.entries.filter((other) => other.terminal === terminal).length + 1,
      body,
      deliveries: this.mains.map((main) => ({
        destination: main.key,
        state: 'waiting',
        outcome: null,
        attemptsStarted: 0,
        attemptsFinished: 0,
        nextAttemptAt: null,
        acknowledgedAt: null,
        lastError: null,
      })),
      story: [],
      counts: isTicket,
    };
    this.entries.push(entry);
    this.emit('entry', { entryNo, state: entry.state, terminal });
    return entry;
  }

  acknowledge(entry: StoredEntry, destination: string, atMs = this.nowMs()): void {
    const delivery = entry.deliveries.find((row) => row.destination === destination);
    if (!delivery) return;
    delivery.state = 'acknowledged';
    delivery.outcome = 'applied';
    delivery.attemptsStarted += 1;
    delivery.attemptsFinished += 1;
    delivery.acknowledgedAt = iso(atMs);
    delivery.nextAttemptAt = null;
    entry.story.push({ at: iso(atMs), kind: 'acknowledged', detail: `${destination}: applied` });
    this.judge(entry);
  }

  /** Sends everything that waits for a main. */
  acknowledgeAll(destination: string): void {
    for (const entry of this.entries) {
      const waits = entry.deliveries.some(
        (row) => row.destination === destination && row.state === 'waiting',
      );
      if (waits) this.acknowledge(entry, destination);
    }
  }

  setMain(
    key: string,
    state: MainFacts['state'],
    sinceMs = this.nowMs(),
    lastError: string | null = null,
  ): void {
    const main = this.mains.find((row) => row.key === key);
    if (!main) return;
    Object.assign(main, { state, since: iso(sinceMs), lastError });
    main.lastContactAt = iso(state === 'offline' ? sinceMs - 4_000 : this.nowMs() - 3_000);
    this.emit('serverState', { serverKey: key, state });
  }

  /** What the router needs of the storage. */
  storage(): ManageStorage {
    const given = <T>(value: T): Promise<T> => Promise.resolve(value);
    return {
      overview: ({ dayStartMs, dayEndMs }) => given(this.counted(dayStartMs, dayEndMs)),
      lanes: () => given({ seq: this.seq, lanes: this.lanes() }),
      entries: (query) => given(this.page(query)),
      entry: (entryNo) => given(this.entries.find((row) => row.entryNo === entryNo)),
      retryEntry: (entryNo) => given(this.retry(entryNo)),
      retryLane: (destination, terminal) => {
        this.retryLane(destination, terminal);
        return given(undefined);
      },
      eventsAfter: (seq, limit) =>
        given(
          seq > this.seq ? null : this.events.filter((event) => event.seq > seq).slice(0, limit),
        ),
      onEvents: (listener) => {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
      },
      audit: () => given(undefined),
    };
  }

  replication(): Overview['replication'] {
    return { lastSuccessAt: iso(this.nowMs() - 48_000), lastError: null, loading: null };
  }

  /** Numbers and publishes an event. `skip` leaves numbers out, as no server may. */
  emit(kind: BackroomEvent['kind'], data: Record<string, unknown>, skip = 0): void {
    this.seq += 1 + skip;
    const event: BackroomEvent = { seq: this.seq, at: iso(this.nowMs()), kind, data };
    this.events.push(event);
    for (const listener of this.listeners) listener([event]);
  }

  private page(query: EntriesQuery): EntriesPage {
    const fitting = this.entries
      .filter((row) => query.state === undefined || row.state === query.state)
      .filter((row) => query.terminal === undefined || row.terminal === query.terminal)
      .filter((row) => query.before === undefined || row.entryNo < query.before)
      .reverse();
    const rows = fitting.slice(0, query.limit);
    const nextBefore = fitting.length > rows.length ? (rows.at(-1)?.entryNo ?? null) : null;
    return { seq: this.seq, rows, nextBefore };
  }

  private retryLane(destination: string, terminal: string): void {
    for (const entry of this.waitingFor(destination)) {
      if (entry.terminal === terminal) this.retry(entry.entryNo);
    }
  }

  private retry(entryNo: number): 'retried' | 'unknown' | 'nothingWaits' {
    const entry = this.entries.find((row) => row.entryNo === entryNo);
    if (!entry) return 'unknown';
    const open = entry.deliveries.filter(
      (row) => row.state === 'waiting' || row.state === 'parked',
    );
    if (open.length === 0) return 'nothingWaits';
    for (const delivery of open) Object.assign(delivery, { state: 'waiting', nextAttemptAt: null });
    this.retried.push(entryNo);
    entry.reason = null;
    entry.story.push({ at: iso(this.nowMs()), kind: 'retried', detail: 'by Elena Ruiz' });
    this.judge(entry);
    return 'retried';
  }

  private park(entry: StoredEntry | undefined, destination: string): void {
    const delivery = entry?.deliveries.find((row) => row.destination === destination);
    if (!entry || !delivery) return;
    const reason =
      'The customer was changed at head office after this till loaded it (loaded 09:12, changed 09:40).';
    Object.assign(delivery, {
      state: 'parked',
      outcome: null,
      acknowledgedAt: null,
      lastError: reason,
    });
    entry.reason = reason;
    entry.story = [
      {
        at: iso(Date.parse(entry.acceptedAt) + 800),
        kind: 'failed',
        detail: 'HTTP 503 from Head office Madrid',
      },
      { at: iso(Date.parse(entry.acceptedAt) + 61_000), kind: 'rejected', detail: reason },
    ];
    this.judge(entry);
  }

  private fail(entry: StoredEntry, destination: string, atMs: number): void {
    const delivery = entry.deliveries.find((row) => row.destination === destination);
    if (!delivery) return;
    delivery.attemptsStarted += 1;
    delivery.attemptsFinished += 1;
    delivery.lastError = 'connect ETIMEDOUT 203.0.113.20:443';
    delivery.nextAttemptAt = iso(this.nowMs() + 42_000);
    entry.story.push({ at: iso(atMs), kind: 'failed', detail: delivery.lastError });
  }

  private judge(entry: StoredEntry): void {
    const states = entry.deliveries.map((row) => row.state);
    entry.state = states.includes('parked')
      ? 'parked'
      : states.every((state) => state === 'acknowledged')
        ? 'confirmed'
        : 'queued';
    this.emit('entry', { entryNo: entry.entryNo, state: entry.state, terminal: entry.terminal });
  }

  private counted(dayStartMs: number, dayEndMs: number) {
    const inState = (state: EntryState, terminal?: string): number =>
      this.entries.filter(
        (row) => row.state === state && (terminal === undefined || row.terminal === terminal),
      ).length;
    const today = this.entries.filter(({ counts, acceptedAt }) => {
      const atMs = Date.parse(acceptedAt);
      return counts && atMs >= dayStartMs && atMs < dayEndMs;
    });
    return {
      seq: this.seq,
      queue: {
        waiting: inState('queued'),
        parked: inState('parked'),
        oldestUnconfirmedAt:
          this.entries.find((row) => row.state !== 'confirmed')?.acceptedAt ?? null,
      },
      today: {
        tickets: today.length,
        grossMinor: today.reduce((sum, row) => sum + (row.grossMinor ?? 0), 0),
      },
      tills: [...this.seen].map(([terminal, { lastSeenMs, unsent }]) => ({
        terminal,
        lastSeenMs,
        unsent,
        waiting: inState('queued', terminal),
        parked: inState('parked', terminal),
      })),
      waitingByDestination: Object.fromEntries(
        this.mains.map((main) => [main.key, this.waitingFor(main.key).length]),
      ),
    };
  }

  private waitingFor(destination: string): StoredEntry[] {
    return this.entries.filter((entry) =>
      entry.deliveries.some((row) => row.destination === destination && row.state === 'waiting'),
    );
  }

  private lanes() {
    return this.mains.flatMap((main) =>
      TILLS.map((till) => {
        const waiting = this.waitingFor(main.key).filter((row) => row.terminal === till.id);
        const parked = this.entries.filter(
          (row) =>
            row.terminal === till.id &&
            row.deliveries.some((to) => to.destination === main.key && to.state === 'parked'),
        );
        return {
          destination: main.key,
          terminal: till.id,
          terminalName: till.name,
          waiting: waiting.length,
          parked: parked.length,
          headEntryNo: waiting[0]?.entryNo ?? null,
          attempts: main.state === 'offline' ? 9 : 0,
          nextAttemptAt:
            waiting[0]?.deliveries.find((row) => row.destination === main.key)?.nextAttemptAt ??
            null,
          lastError: main.lastError,
        };
      }),
    );
  }

  private main(key: string, name: string, url: string): MainFacts {
    const nowMs = this.nowMs();
    return {
      key,
      name,
      url,
      state: 'online',
      since: iso(nowMs - 3 * 60 * 60_000),
      lastContactAt: iso(nowMs - 3_000),
      backroom: true,
      lastError: null,
    };
  }

  /** A number below `sides`, the same in each run. */
  private dice(sides: number): number {
    this.chance = (this.chance * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((this.chance / 2_147_483_648) * sides);
  }
}

function iso(ms: number): string {
  return new Date(Math.round(ms)).toISOString();
}

function hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
