import { isJsonObject } from '../contract/json.ts';

/** What came back of a call to another server: a failure of the network is a value, never thrown. */
export type Reply<Body> =
  /** A 2xx whose body has the shape that was asked for. */
  | { kind: 'answer'; status: number; body: Body }
  /** An answer that is not what was asked for: another status, not JSON, another shape. */
  | { kind: 'odd'; status: number; contentType: string; text: string; retryAfterMs: number | null }
  | {
      kind: 'failure';
      code: 'timeout' | 'unreachable' | 'cut' | 'tooLarge' | 'aborted';
      message: string;
    };

/** A reply that is not an answer. */
export type Fault = Exclude<Reply<never>, { kind: 'answer' }>;

/** Characters of a strange answer that go into the words for a person. */
const QUOTED_CHARACTERS = 120;

/** A fault in one sentence for a person. */
export function explainFault(fault: Fault): string {
  if (fault.kind === 'failure') return fault.message;
  const said = fault.text.slice(0, QUOTED_CHARACTERS).replaceAll(/\s+/g, ' ').trim();
  const type = fault.contentType === '' ? 'no content type' : fault.contentType;
  return `HTTP ${fault.status} (${type}) is not the expected answer${said === '' ? '' : `: ${said}`}`;
}

/** The words of an error in the protocol's envelope: a text, or an object with a `message`. */
export function errorWords(error: unknown, otherwise: string): string {
  const words = isJsonObject(error) ? error['message'] : error;
  return typeof words === 'string' && words !== '' ? words : otherwise;
}
