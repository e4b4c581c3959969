import type { JsonObject } from '../contract/json.ts';
import { isJsonObject } from '../contract/json.ts';

/** A URL without its session, which must not reach a log, and the session. */
export interface StrippedUrl {
  url: string;
  token: string | undefined;
}

const URL_TOKEN = /([?&])authenticationToken=([^&#]*)(&?)/;

/** Takes the session out of a URL, where clients of the field carry it. Of several the last one counts. */
export function stripToken(url: string): StrippedUrl {
  let rest = url;
  let token: string | undefined;
  for (let found = URL_TOKEN.exec(rest); found !== null; found = URL_TOKEN.exec(rest)) {
    const [whole, lead = '', value = '', next = ''] = found;
    token = decoded(value) ?? value;
    const after = rest.slice(found.index + whole.length);
    rest = `${rest.slice(0, found.index)}${next === '' ? '' : lead}${after}`;
  }
  return { url: rest, token };
}

/** What a request below `jsonrest` is for. `parameters` is undefined where the URL carries none. */
export interface Target {
  service: string;
  parameters: JsonObject | undefined;
}

/**
 * Reads `/<Service>/<JSON>?<more>` as clients write it, which is with `encodeURI`: "/", "?", "#" and "&"
 * stand bare inside the JSON. So the JSON ends at its last brace, and what follows is the query.
 * Undefined service names are ''; JSON that is none gives a sentence.
 */
export function readTarget(url: string): Target | { refused: string } {
  const path = url.replace(/^\/+/, '');
  const nameEnd = path.search(/[/?&#]|$/);
  const service = decoded(path.slice(0, nameEnd));
  if (service === undefined) return { refused: 'The name of the service is not properly encoded.' };
  const rest = path.slice(nameEnd);
  const encoded = rest.startsWith('/') ? jsonPart(rest.slice(1)) : '';
  if (encoded === '') return { service, parameters: undefined };
  const json = decoded(encoded);
  const parameters = json === undefined ? undefined : objectOf(json);
  return parameters === undefined
    ? {
        refused: `The parameters of ${service} in the URL are not a JSON object, encoded by encodeURI.`,
      }
    : { service, parameters };
}

/** The part of a URL after its first "?". */
export function queryOf(url: string): URLSearchParams {
  const at = url.indexOf('?');
  return new URLSearchParams(at < 0 ? '' : url.slice(at + 1));
}

function jsonPart(rest: string): string {
  if (!/^(?:\{|%7B)/i.test(rest)) return rest.replace(/\?.*$/s, '');
  const end = Math.max(rest.lastIndexOf('}') + 1, rest.toUpperCase().lastIndexOf('%7D') + 3);
  return rest.slice(0, end);
}

function objectOf(json: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
