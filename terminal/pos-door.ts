import type { JsonObject } from '../server/contract/json.ts';
import { isJsonObject } from '../server/contract/json.ts';
import type { SessionAnswer } from './bootstrap.ts';
import {
  askDefinitions,
  askSession,
  commonParameters,
  loginUtils,
  missingToSell,
  readSession,
  takeDefinitions,
} from './bootstrap.ts';
import { Delivery, queueLaneOf } from './delivery.ts';
import type { Journal } from './journal.ts';
import type { Cashier, Keeping } from './keeping.ts';
import { loadAll } from './master-data.ts';
import type { Platform } from './platform.ts';
import { Refresher } from './refresher.ts';
import { PosSession } from './pos-session.ts';
import type { DoorView, LogInResult, PosDoor, PosTill, StorageReport } from './pos-till.ts';
import type { QueueLog } from './queue.ts';
import { MessageQueue } from './queue.ts';
import { RequestRouter } from './request-router.ts';
import { fitting, rowShape } from './row-shape.ts';
import { inTime } from './server-questions.ts';
import { SERVICES } from './services.ts';
import type { Credentials } from './session.ts';
import { Stock } from './stock.ts';
import { returnPrefix } from './terminal-settings.ts';
import { originOf } from './till.ts';

export interface DoorOptions {
  platform: Platform;
  queueLog: QueueLog;
  keeping: Keeping;
  /** Address of the server that served the page, with or without the context path. */
  serverUrl: string;
  terminalName: string;
  heartbeatMs: number;
  appVersion: string;
  /** The browser keeps nothing beyond this window; false where it is absent. */
  isVolatile?: boolean;
  /** What the browser promises about the till's store, as it is now. */
  storage: () => Promise<StorageReport>;
  /** Rows of a page of master data. */
  pageRows?: number;
}

/** The log-in page does not wait longer for the pictures of the people. */
const LOOK_IN_MS = 2_000;
/** A log-in at a server may take so long before a till that can open without one does. */
const LOG_IN_MS = 6_000;
/** The first sale waits so long for newer master data; then they come while it sells. */
const FRESH_MS = 1_500;
const PAGE_ROWS = 10_000;

/** A browser's till keeps no account beside its queue and its archive. */
const NO_JOURNAL: Journal = {
  write: () => Promise.resolve(),
  totals: () => ({
    ...{ sold: 0, accepted: 0, confirmed: 0, grossMinor: 0 },
    others: { customers: 0, returns: 0, cashMovements: 0, cashUps: 0 },
  }),
};

const isPerson = rowShape({ userId: 'text', userName: 'text', name: 'text' });

type Attempt =
  | { kind: 'in'; session: SessionAnswer; userId: string }
  | { kind: 'refused' | 'unreachable'; message: string };

/**
 * Opens a till on what it keeps. Nothing of a server is needed for that, and what cannot be read counts
 * as not kept; throws only where the queue cannot be read, because sales would be lost.
 */
export async function openDoor(options: DoorOptions): Promise<PosDoor> {
  const { platform, queueLog, terminalName, serverUrl, keeping } = options;
  const queue = await MessageQueue.open(queueLog, platform);
  const router = new RequestRouter({ platform, terminalName, origin: originOf(serverUrl) });
  const definitions = await keeping.answers.read('definitions').catch(() => undefined);
  if (definitions !== undefined) takeDefinitions(router, definitions);
  queue.setLanes(router.lanes(Object.values(SERVICES)).map(queueLaneOf));
  return new Door(options, router, queue);
}

class Door implements PosDoor {
  readonly #options: DoorOptions;
  readonly #router: RequestRouter;
  readonly #queue: MessageQueue;
  /** What an earlier run kept, read while the log-in page is shown. */
  readonly #kept: Promise<{ session: SessionAnswer; stock: Stock } | null>;
  #stock: Stock | undefined;
  #delivery: Delivery | undefined;
  /** Ends what a log-out left running. */
  #stay: (() => Promise<void>) | undefined;

  constructor(options: DoorOptions, router: RequestRouter, queue: MessageQueue) {
    this.#options = options;
    this.#router = router;
    this.#queue = queue;
    this.#kept = this.#readKept();
  }

  async lookIn(): Promise<DoorView> {
    const { terminalName, keeping, storage, platform } = this.#options;
    const asked = loginUtils(this.#router, 'userImages', terminalName);
    const answer = await inTime(platform.timers, asked, LOOK_IN_MS);
    const people = answer !== undefined && 'body' in answer ? answer.body : undefined;
    if (people !== undefined) await this.#keep('people', people);
    const [known, catalogue, report] = await Promise.all([
      keeping.cashiers.list().catch(() => []),
      this.#read('catalogue'),
      storage(),
    ]);
    const loadedAtMs = this.#stock?.loadedAtMs ?? catalogue?.['loadedAtMs'];
    return {
      terminalName,
      cashiers: people === undefined ? known : peopleOf(people),
      online: people !== undefined,
      catalogueLoadedAtMs: typeof loadedAtMs === 'number' ? loadedAtMs : null,
      unsent: this.#queue.unsentAnywhere(),
      storage: report,
    };
  }

  async logIn(userName: string, secret: string): Promise<LogInResult> {
    await this.#stay?.();
    const credentials = { userName, secret };
    const isKept = this.#stock !== undefined || (await this.#read('catalogue')) !== undefined;
    const attempt = await this.#tryServers(credentials, isKept);
    switch (attempt.kind) {
      case 'refused':
        return { ok: false, why: 'refused', message: attempt.message };
      case 'unreachable':
        return this.#logInHere(credentials, attempt.message);
      case 'in':
        return this.#start(attempt, credentials);
    }
  }

  async #tryServers(credentials: Credentials, isKept: boolean): Promise<Attempt> {
    const attempt = this.#logInThere(credentials);
    const message = 'No server answered in time.';
    if (!isKept) return attempt;
    const { timers } = this.#options.platform;
    return (await inTime(timers, attempt, LOG_IN_MS)) ?? { kind: 'unreachable', message };
  }

  async #logInThere(credentials: Credentials): Promise<Attempt> {
    const { terminalName, keeping } = this.#options;
    const definitions = await askDefinitions(this.#router, terminalName);
    if ('message' in definitions) return { kind: 'unreachable', message: definitions.message };
    const login = await this.#router.logIn(credentials);
    if (!login.ok) {
      const { refused, message } = login;
      if (!refused) return { kind: 'unreachable', message };
      await keeping.cashiers.forget(credentials.userName).catch(() => undefined);
      return { kind: 'refused', message };
    }
    const session = await askSession(this.#router, terminalName);
    if ('message' in session) return { kind: 'unreachable', message: session.message };
    await Promise.all([
      this.#keep('definitions', definitions.answer),
      this.#keep('session', session.answer),
    ]);
    return { kind: 'in', session, userId: this.#router.session?.userId ?? '' };
  }

  /** No server can be reached: known cashiers come in by what an earlier log-in left. */
  async #logInHere(credentials: Credentials, reason: string): Promise<LogInResult> {
    const kept = await this.#kept;
    const session = await this.#read('session');
    const stock = this.#stock ?? kept?.stock;
    const known = session === undefined ? undefined : readSession(session);
    if (stock === undefined || known === undefined || 'message' in known) {
      return { ok: false, why: 'needsServer', message: reason };
    }
    const { userName, secret } = credentials;
    const checked = await this.#options.keeping.cashiers.check(userName, secret);
    if (!checked.ok) {
      if (checked.why === 'locked') return checked;
      return { ok: false, why: checked.why === 'wrong' ? 'wrong' : 'unknownOffline' };
    }
    this.#router.adopt(credentials);
    return { ok: true, till: await this.#open(known, stock, checked.cashier) };
  }

  async #start(
    { session, userId }: Attempt & { kind: 'in' },
    { userName, secret }: Credentials,
  ): Promise<LogInResult> {
    const { keeping, platform } = this.#options;
    const people = peopleOf((await this.#read('people')) ?? {});
    const name = people.find((each) => each.userName === userName)?.name ?? userName;
    const cashier: Cashier = { userId, userName, name };
    const [stock] = await Promise.all([
      this.#stockFor(session),
      keeping.cashiers.learn(cashier, secret).catch((reason: unknown) => {
        platform.log(
          { reason: String(reason) },
          'this cashier cannot log in here without a server',
        );
      }),
    ]);
    if ('fault' in stock) return { ok: false, why: 'needsServer', message: stock.fault };
    return { ok: true, till: await this.#open(session, stock, cashier) };
  }

  /** The kept master data with what is new, where it was loaded for this till; else all of it. */
  async #stockFor(session: SessionAnswer): Promise<Stock | { fault: string }> {
    const kept = this.#stock ?? (await this.#kept)?.stock;
    const catalogue = await this.#read('catalogue');
    if (kept !== undefined && catalogue?.['scope'] === scopeOf(session)) {
      await inTime(this.#options.platform.timers, kept.refresh(), FRESH_MS);
      return kept;
    }
    const { platform, keeping, pageRows = PAGE_ROWS } = this.#options;
    const loaded = await loadAll({
      ...{ router: this.#router, common: commonParameters(session.settings), pageRows },
      nowMs: () => platform.clock.nowMs(),
    });
    if ('fault' in loaded) return loaded;
    const stock = this.#newStock(session, loaded);
    const missing = missingToSell(stock.catalogue, session.settings);
    if (missing !== null) return { fault: missing };
    // It sells from memory; a store that is full costs the next start without a server.
    keeping.masterData.replace(loaded).then(
      () => this.#keepAge(session, stock),
      (reason: unknown) => {
        platform.log({ reason: String(reason) }, 'this till cannot start without a server');
      },
    );
    return stock;
  }

  async #open(session: SessionAnswer, stock: Stock, cashier: Cashier): Promise<PosTill> {
    const { platform, keeping, isVolatile = false } = this.#options;
    const { settings } = session;
    const { terminal } = settings;
    this.#stock = stock;
    this.#queue.raiseCounter(terminal.docNoPrefix, terminal.lastDocumentNumber);
    this.#queue.raiseCounter(returnPrefix(settings), terminal.lastReturnDocumentNumber);
    const delivery = (this.#delivery ??= await this.#startDelivery(session));
    const refresher = new Refresher({
      ...{ platform, router: this.#router, stock, settings },
      onRefreshed: () => this.#keepAge(session, stock),
    });
    refresher.start();
    return new PosSession({
      ...{ platform, keeping, delivery, stock, settings, cashier, isVolatile },
      ...{ router: this.#router, queue: this.#queue },
      onLogOut: async () => {
        await refresher.stop();
        await this.#leave(delivery);
      },
    });
  }

  async #startDelivery({ settings, intervals }: SessionAnswer): Promise<Delivery> {
    const { platform, keeping, heartbeatMs, appVersion, terminalName } = this.#options;
    const delivery = new Delivery({
      ...{ platform, heartbeatMs, appVersion, intervals, journal: NO_JOURNAL },
      ...{ router: this.#router, queue: this.#queue, archive: keeping.archive },
      terminalId: settings.terminal.id,
      reloadDefinitions: async () => {
        const definitions = await askDefinitions(this.#router, terminalName);
        if ('answer' in definitions) await this.#keep('definitions', definitions.answer);
      },
    });
    await delivery.start();
    return delivery;
  }

  /** The session with the servers ends when they have every sale, or goes on in the next one's name. */
  async #leave(delivery: Delivery): Promise<void> {
    let ending: Promise<void> | undefined;
    const end = async (): Promise<void> => {
      stopListening();
      this.#delivery = undefined;
      await delivery.stop();
      await this.#router.logOut();
    };
    const look = (): void => {
      if (delivery.unsent() === 0) ending ??= end();
    };
    const stopListening = delivery.subscribe(look);
    this.#stay = async () => {
      this.#stay = undefined;
      stopListening();
      await ending;
    };
    look();
    await ending;
  }

  async #readKept(): Promise<{ session: SessionAnswer; stock: Stock } | null> {
    const { keeping, platform } = this.#options;
    try {
      const [answer, rows] = await Promise.all([this.#read('session'), keeping.masterData.read()]);
      const session = answer === undefined ? undefined : readSession(answer);
      if (rows === undefined || session === undefined || 'message' in session) return null;
      return { session, stock: this.#newStock(session, rows) };
    } catch (reason) {
      platform.log({ reason: String(reason) }, 'what this till kept cannot be read');
      return null;
    }
  }

  #newStock({ settings }: SessionAnswer, rows: ConstructorParameters<typeof Stock>[1]): Stock {
    const { platform, keeping, pageRows = PAGE_ROWS } = this.#options;
    const common = commonParameters(settings);
    const { masterData } = keeping;
    return new Stock({ platform, router: this.#router, masterData, common, pageRows }, rows);
  }

  #keepAge(session: SessionAnswer, { loadedAtMs }: Stock): Promise<void> {
    return this.#keep('catalogue', { loadedAtMs, scope: scopeOf(session) });
  }

  #read(name: string): Promise<JsonObject | undefined> {
    return this.#options.keeping.answers.read(name).catch(() => undefined);
  }

  /** What cannot be kept is asked again at the next start. */
  async #keep(name: string, answer: JsonObject): Promise<void> {
    const { keeping, platform } = this.#options;
    await keeping.answers.write(name, answer).catch((reason: unknown) => {
      platform.log({ name, reason: String(reason) }, 'an answer of the server could not be kept');
    });
  }
}

/** What master data is loaded for: other rows belong to another till or price list. */
function scopeOf({ settings: { terminal } }: SessionAnswer): string {
  return `${terminal.id} ${terminal.organization} ${terminal.priceList}`;
}

function peopleOf(answer: JsonObject): Cashier[] {
  const rows = Array.isArray(answer['data']) ? answer['data'].filter(isJsonObject) : [];
  return fitting(rows, isPerson).map(({ userId, userName, name }) => ({ userId, userName, name }));
}
