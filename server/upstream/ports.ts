import type { BatchAnswer, BatchMessage } from '../contract/batch.ts';
import type { HeartbeatAnswer, HeartbeatRequest } from '../contract/heartbeat.ts';
import type { JsonObject } from '../contract/json.ts';
import type { Reply } from '../core/reply.ts';

export type { Reply } from '../core/reply.ts';

/** The client of one main server, authenticated as this server. Every call has a deadline. */
export interface Upstream {
  /** GET checkServerAvailability: cheap, without a log-in. `backroom` tells whether it speaks our extensions. */
  checkAvailability(): Promise<Reply<{ backroom: boolean }>>;
  /** Its deadline is later by the time for which the main is asked to hold it. */
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
