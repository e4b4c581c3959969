import type { BatchAnswer, BatchMessage } from '../contract/batch.ts';
import type { HeartbeatAnswer, HeartbeatRequest } from '../contract/heartbeat.ts';
import type { JsonObject } from '../contract/json.ts';

/** What came back of a call to another server. Nothing here throws for what a network does. */
export type Reply<Body> =
  | { kind: 'answer'; status: number; body: Body }
  /** An answer that is not what was asked for: another status, not JSON, another shape. */
  | { kind: 'odd'; status: number; contentType: string; text: string; retryAfterMs: number | null }
  | {
      kind: 'failure';
      code: 'timeout' | 'unreachable' | 'cut' | 'tooLarge' | 'aborted';
      message: string;
    };

/** The client of one main server, authenticated as this server. Every call has a deadline. */
export interface Upstream {
  /** GET checkServerAvailability: cheap, without a log-in. `backroom` tells whether it speaks our extensions. */
  checkAvailability(): Promise<Reply<{ backroom: boolean }>>;
  heartbeat(request: HeartbeatRequest): Promise<Reply<HeartbeatAnswer>>;
  /** A batch, to a Backroom main. */
  sendBatch(messages: readonly BatchMessage[]): Promise<Reply<BatchAnswer>>;
  /** One message as a till would post it, to any main. */
  sendOne(message: BatchMessage): Promise<Reply<JsonObject>>;
  /** A query as a till would ask it. */
  query(service: string, parameters: JsonObject): Promise<Reply<JsonObject>>;
  /** Ends connections and lets calls under way fail as `aborted`. */
  close(): Promise<void>;
}
