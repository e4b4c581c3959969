import type { z } from 'zod';
import type { Estate, EstateFormat } from '../../contract/estate.ts';
import { ESTATE_VERSION, estateSchema } from '../../contract/estate.ts';
import { readText } from './read-text.ts';
import type { Placed } from './read-text.ts';
import type { JsonPath } from './scan-json.ts';

/** What is wrong in an estate file, and where. */
export interface EstateFault {
  code: 'syntax' | 'version' | 'unknownKey' | 'value';
  /** For people: `servers[1].priority`; '' for the file as a whole. */
  path: string;
  /** From 1. */
  line: number;
  column: number;
  /** A clause: "must be a whole number, and is "ten"". */
  message: string;
}

/** Faults that are listed; a file that has more is of another kind altogether. */
const MOST_FAULTS = 50;
/** Characters of a wrong value that are shown. */
const SHOWN = 40;

/**
 * Reads an estate file. All of it is right, or what is wrong is listed and nothing is read. Without a
 * format it is the one that the text begins like.
 */
export function readEstate(
  text: string,
  format?: EstateFormat,
): { estate: Estate } | { faults: EstateFault[] } {
  const read = readText(text, format);
  if ('fault' in read) return { faults: [{ code: 'syntax', path: '', ...read.fault }] };
  const other = otherVersion(read.value);
  if (other !== undefined) {
    const place = read.placeOf(['estate']);
    return { faults: [{ code: 'version', path: 'estate', ...place, message: other }] };
  }
  const parsed = estateSchema.safeParse(read.value);
  if (parsed.success) return { estate: parsed.data };
  const faults = parsed.error.issues
    .slice(0, MOST_FAULTS)
    .flatMap((issue) => faultsOf(issue, read));
  return { faults: faults.slice(0, MOST_FAULTS) };
}

/** "line 12, column 7, servers[1].priority: must be …" */
export function faultText({ path, line, column, message }: EstateFault): string {
  return `line ${line}, column ${column}${path === '' ? '' : `, ${path}`}: ${message}`;
}

function otherVersion(value: unknown): string | undefined {
  const version = isObject(value) ? value['estate'] : undefined;
  if (version === undefined || version === ESTATE_VERSION) return undefined;
  return `this file is of version ${shown(version)}, and this program reads version ${ESTATE_VERSION}. Use the program that wrote it, or a newer one`;
}

function faultsOf(issue: z.core.$ZodIssue, { value, placeOf }: Placed): EstateFault[] {
  const faultAt = (code: EstateFault['code'], path: JsonPath, message: string): EstateFault => ({
    code,
    path: pathText(path),
    ...placeOf(path),
    message,
  });
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) =>
      faultAt(
        'unknownKey',
        [...issue.path, key],
        'this key is not known; it is misspelt, or belongs elsewhere',
      ),
    );
  }
  const found = valueAt(value, issue.path);
  const missing = found === undefined;
  const message = missing ? 'is missing' : `${expectation(issue)}, and is ${shown(found)}`;
  return [faultAt('value', issue.path, message)];
}

function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type')
    return `must be ${TYPE_WORDS[issue.expected] ?? issue.expected}`;
  if (issue.code === 'invalid_value')
    return `must be one of ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'too_small') return `is too small or too short (at least ${issue.minimum})`;
  if (issue.code === 'too_big') return `is too large or too long (at most ${issue.maximum})`;
  return issue.message;
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'a text in quotes',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

/** `servers[1].priority` */
function pathText(path: JsonPath): string {
  return path
    .map((step, at) =>
      typeof step === 'number' ? `[${step}]` : `${at > 0 ? '.' : ''}${String(step)}`,
    )
    .join('');
}

function valueAt(value: unknown, path: JsonPath): unknown {
  return path.reduce<unknown>((at, step) => (isObject(at) ? at[String(step)] : undefined), value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
