import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import { decodeBatch } from '../../../server/contract/batch.ts';
import type { BatchMessage } from '../../../server/contract/batch.ts';
import { digestOf } from '../../../server/core/digest.ts';
import { bytesOf, json, listen } from './strange-main.ts';

/** What happens to a call with messages. */
export type Fate =
  /** Answered as it should be. */
  | 'answer'
  /** The line is cut before the main takes anything. */
  | 'dieBefore'
  /** The main takes all of it, and the line is cut before it answers. */
  | 'dieAfter'
  /** Half of the answer arrives. */
  | 'tear'
  /** A proxy's page arrives, after the main took all of it. */
  | 'page'
  /** The main takes all of it and never answers. */
  | 'hang';

/**
 * A main with a journal by message id, as real ones have, on a real socket. It checks the digest of
 * what arrives; a test decides how each call ends.
 */
export class JournalMain {
  /** Ids in the order in which they took effect. */
  readonly journal: string[] = [];
  /** Messages that arrived again after they had taken effect. */
  repeated = 0;
  /** Messages whose bytes were not those of their digest. */
  damaged = 0;
  calls = 0;
  fate: (call: number) => Fate = () => 'answer';
  readonly #terminals = new Map<string, string>();

  /** The address with the context path. */
  async listen(): Promise<string> {
    const server = createServer((request, response) => {
      void bytesOf(request).then((body) => this.#answer(request.url ?? '', body, response));
    });
    return `http://${await listen(server)}/openbravo`;
  }

  /** The journal of one terminal. */
  laneOf(terminal: string): string[] {
    return this.journal.filter((id) => this.#terminals.get(id) === terminal);
  }

  #answer(url: string, body: Buffer, response: ServerResponse): void {
    if (url.endsWith('/backroom/messages')) this.#take(body, response);
    else if (url.endsWith('/backroom/heartbeat')) json(response, { response: this.#heartbeat() });
    else if (url.endsWith('checkServerAvailability')) json(response, { response: { backroom: 1 } });
    else json(response, { response: { status: 0, data: [], lastUpdated: 1 } });
  }

  #heartbeat(): object {
    const lists = { confirmed: [], parked: [], unknown: [] };
    const state = { definitionsVersion: 1, serverState: 'online', time: 1 };
    return { backroom: 1, serverKey: 'Main', ...lists, ...state };
  }

  #take(body: Buffer, response: ServerResponse): void {
    this.calls += 1;
    const fate = this.fate(this.calls);
    if (fate === 'dieBefore') {
      response.socket?.destroy();
      return;
    }
    const messages = decodeBatch(body);
    if ('error' in messages) throw new Error(messages.error);
    const results = messages.map((message) => ({ receipt: this.#receipt(message) }));
    if (fate === 'answer') json(response, { response: { backroom: 1, results } });
    if (fate === 'dieAfter') response.socket?.destroy();
    if (fate === 'page') response.end('<html>The gateway is tired</html>');
    if (fate === 'tear') {
      const whole = JSON.stringify({ response: { backroom: 1, results } });
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-length': whole.length,
      });
      response.write(whole.slice(0, whole.length / 2), () => response.socket?.destroy());
    }
  }

  #receipt({ messageId, digest, terminal, body }: BatchMessage): object {
    if (digestOf(body) !== digest) this.damaged += 1;
    if (this.journal.includes(messageId)) this.repeated += 1;
    else this.journal.push(messageId);
    this.#terminals.set(messageId, terminal);
    const place = {
      serverKey: 'Main',
      serverEpoch: 1,
      serverSeq: this.journal.indexOf(messageId) + 1,
    };
    return { messageId, digest, terminal, ...place, outcome: 'applied' };
  }
}
