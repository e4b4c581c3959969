import type { Json } from '../../../server/contract/json.ts';

/** The administrator of the demo shop. */
const ADMINISTRATOR = { userName: 'admin', password: 'administrator-demo' };

/** What head office does at its screens, here without them. */
export interface Office {
  /** A code with which a store server may join. */
  joinCode(serverKey: string): Promise<string>;
  /** Changes members of a server's definition. */
  changeServer(id: string, fields: Record<string, Json>): Promise<void>;
  /** Whether the store server at this address has everything that its main has. */
  hasEverything(storeUrl: string): Promise<boolean>;
}

/** Logs in at a main; the session outlives a restart of it. */
export async function openOffice(mainUrl: string): Promise<Office> {
  const headers = { 'content-type': 'application/json', 'x-backroom': '1', origin: mainUrl };
  const api = `${mainUrl}/manage/api`;
  const post = (path: string, cookie: string, body: object): Promise<Response> =>
    fetch(`${api}${path}`, {
      ...{ method: 'POST', headers: { ...headers, cookie }, body: JSON.stringify(body) },
    });
  const session = await post('/session', '', ADMINISTRATOR);
  if (!session.ok) throw new Error(`the main refused the log-in: ${await session.text()}`);
  const cookie = session.headers.getSetCookie().map((each) => each.split(';')[0]);
  const done = async (path: string, body: object): Promise<unknown> => {
    const answer = await post(path, cookie.join('; '), body);
    const said: unknown = await answer.json();
    if (!answer.ok) throw new Error(`${path}: ${JSON.stringify(said)}`);
    return said;
  };
  return {
    async joinCode(serverKey) {
      const { code } = (await done('/join-codes', { serverKey })) as { code: string };
      return code;
    },
    async changeServer(id, fields) {
      const change = { action: 'update', model: 'MobileServer', id, fields };
      await done('/definitions/changes', { changes: [change], reason: 'A test', force: true });
    },
    async hasEverything(storeUrl) {
      const answer = await fetch(`${storeUrl}/manage/api/overview`, {
        headers: { cookie: cookie.join('; ') },
      }).catch(() => null);
      if (answer?.ok !== true) return false;
      const { replication } = (await answer.json()) as {
        replication: { lastSuccessAt: string | null; loading: unknown } | null;
      };
      return replication?.lastSuccessAt != null && replication.loading === null;
    },
  };
}
