/** Where something stands in a text, counted from 1. */
export interface TextPlace {
  line: number;
  column: number;
}

/** What makes a text no JSON or no YAML, and where. */
export interface TextFault extends TextPlace {
  message: string;
}

/** The way to a value: names of members and numbers of elements. */
export type JsonPath = readonly PropertyKey[];

/** Deeper than any estate; a text that nests more is refused, so that the scan cannot overflow. */
const DEEPEST = 200;
/** A mark, a text (every character from the space on but `"` and `\\`, and escapes), or a word. */
const TOKEN =
  /[ \t\r\n]*(?:([{}[\],:])|("[ !#-[\]-\uffff]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[ !#-[\]-\uffff]*)*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/y;
const UNENDING = 'the text in quotes that begins here does not end, or has a wrong character in it';
const BLANK = /[ \t\r\n]*/y;

/**
 * Why a text is no JSON, with line and column; undefined where it is. Also refuses a member that is
 * given twice in one object, of which the parser would silently keep the last.
 */
export function faultInJson(text: string): TextFault | undefined {
  return scan(text).fault;
}

/** Where the member or element at a path begins; that of the nearest value around it which is there. */
export function placeInJson(text: string, path: JsonPath): TextPlace {
  return placeAt(text, scan(text, path).offset);
}

/** The line and column of an offset in a text. */
function placeAt(text: string, offset: number): TextPlace {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { line, column: offset - (before.lastIndexOf('\n') + 1) + 1 };
}

class ScanFault extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

function scan(text: string, target: JsonPath = []): { offset: number; fault?: TextFault } {
  const scanner = new Scanner(text, target);
  try {
    scanner.document();
    return { offset: scanner.found };
  } catch (error) {
    if (!(error instanceof ScanFault)) throw error;
    const { message, offset } = error;
    return { offset: scanner.found, fault: { message, ...placeAt(text, offset) } };
  }
}

/** Walks through a JSON text once and remembers where the target, or the nearest value around it, begins. */
class Scanner {
  readonly #text: string;
  readonly #target: JsonPath;
  readonly #path: PropertyKey[] = [];
  #at = 0;
  #depthFound = -1;
  found = 0;

  constructor(text: string, target: JsonPath) {
    this.#text = text;
    this.#target = target;
  }

  document(): void {
    this.#value();
    this.#skipBlank();
    if (this.#at < this.#text.length) throw this.#fault('there is more after the end');
  }

  #value(): void {
    if (this.#path.length > DEEPEST) throw this.#fault(`it is nested more than ${DEEPEST} deep`);
    const start = this.#start();
    const token = this.#next('a value');
    if (token === '{') this.#object();
    else if (token === '[') this.#array();
    else if (/^[}\],:]/.test(token)) throw new ScanFault(`"${token}" where a value is due`, start);
  }

  #object(): void {
    const names = new Set<string>();
    if (this.#take('}')) return;
    do {
      const start = this.#start();
      const token = this.#next('the name of a member');
      if (!token.startsWith('"')) {
        throw new ScanFault(`${token} where the name of a member is due`, start);
      }
      const name = JSON.parse(token) as string;
      if (names.has(name)) throw new ScanFault(`"${name}" is given twice`, start);
      names.add(name);
      this.#expect(':');
      this.#inside(name, start);
    } while (this.#take(','));
    this.#expect('}', '"," or "}" is missing');
  }

  #array(): void {
    if (this.#take(']')) return;
    let index = 0;
    do this.#inside(index++, this.#start());
    while (this.#take(','));
    this.#expect(']', '"," or "]" is missing');
  }

  #inside(step: PropertyKey, start: number): void {
    const depth = this.#path.push(step) - 1;
    const onTheWay = this.#path.every((each, at) => each === this.#target[at]);
    if (onTheWay && depth > this.#depthFound) [this.#depthFound, this.found] = [depth, start];
    this.#value();
    this.#path.pop();
  }

  #take(mark: string): boolean {
    this.#skipBlank();
    if (this.#text[this.#at] !== mark) return false;
    this.#at += 1;
    return true;
  }

  #expect(mark: string, fault = `"${mark}" is missing`): void {
    if (!this.#take(mark)) throw this.#fault(fault);
  }

  #next(due: string): string {
    const start = this.#start();
    TOKEN.lastIndex = start;
    const [, mark, text, word] = TOKEN.exec(this.#text) ?? [];
    const token = mark ?? text ?? word;
    if (token === undefined)
      throw this.#fault(this.#text[start] === '"' ? UNENDING : `${due} is due`);
    this.#at = TOKEN.lastIndex;
    return token;
  }

  /** Where the next token begins. */
  #start(): number {
    this.#skipBlank();
    return this.#at;
  }

  #skipBlank(): void {
    BLANK.lastIndex = this.#at;
    BLANK.exec(this.#text);
    this.#at = BLANK.lastIndex;
  }

  #fault(message: string): ScanFault {
    const ended = this.#at >= this.#text.length;
    return new ScanFault(ended ? `the text ends too early; ${message}` : message, this.#at);
  }
}
