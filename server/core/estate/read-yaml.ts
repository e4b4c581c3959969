import type { Document, ParsedNode, YAMLMap } from 'yaml';
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Placed } from './read-text.ts';
import type { JsonPath, TextFault, TextPlace } from './scan-json.ts';

/** Deeper than any estate; a text that nests more is refused, so that no walk can overflow. */
const DEEPEST = 200;
const TOO_DEEP = `it is nested more than ${DEEPEST} deep`;
/** Values that a text may repeat by aliases: generous for people, too few for a bomb. */
const MOST_REPEATED = 100_000;

type Tree = Document.Parsed;
type Place = (offset: number) => TextPlace;

/** What is wrong at an offset of the text. */
class YamlFault extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/**
 * Reads YAML 1.2 (its core schema: `NO` is a text, `010` is ten), or says why a text is none. Refused
 * as well: a key that is given twice, keys that are no texts, tags of its own, a second document, and
 * aliases that repeat without measure.
 */
export function readYaml(text: string): Placed | { fault: TextFault } {
  const lines = new LineCounter();
  const placeAt: Place = (offset) => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  try {
    const tree = parse(text, lines);
    const value = new Values().of(tree.contents);
    return { value, placeOf: (path) => placeAt(offsetOf(tree, path)) };
  } catch (error) {
    if (!(error instanceof YamlFault)) throw error;
    return { fault: { ...placeAt(error.offset), message: error.message } };
  }
}

function parse(text: string, lineCounter: LineCounter): Tree {
  const tree = parseDocument(text, {
    lineCounter,
    prettyErrors: false,
    stringKeys: true,
    // It compares each key with each; `Values` looks them up.
    uniqueKeys: false,
    resolveKnownTags: false,
  });
  const [first] = [...tree.errors, ...tree.warnings].toSorted((a, b) => a.pos[0] - b.pos[0]);
  if (first === undefined) return tree;
  throw new YamlFault(clause(first.code, first.message), first.pos[0]);
}

/** The parser's sentence as one of ours, where it speaks of its own options. */
function clause(code: string, message: string): string {
  // How deep the parser itself can go depends on the stack that is left.
  if (/maximum call stack/i.test(message)) return TOO_DEEP;
  if (code === 'MULTIPLE_DOCS') return 'a second document begins here; a file holds one estate';
  return `${message.slice(0, 1).toLowerCase()}${message.slice(1)}`;
}

/** Turns a tree of nodes into plain values, with the checks that the parser leaves to its users. */
class Values {
  readonly #anchors = new Map<string, ParsedNode>();
  #aliasesAround = 0;
  #repeated = 0;

  of(node: ParsedNode | null, depth = 0): unknown {
    if (node === null) return null;
    const [offset] = node.range;
    if (depth > DEEPEST) throw new YamlFault(TOO_DEEP, offset);
    if (this.#aliasesAround > 0 && (this.#repeated += 1) > MOST_REPEATED) {
      throw new YamlFault(`aliases repeat more than ${MOST_REPEATED} values`, offset);
    }
    if (isAlias(node)) return this.#aliased(node.source, offset, depth);
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, node);
    if (isMap(node)) return this.#members(node.items, depth);
    if (isSeq(node)) return node.items.map((item) => this.of(item, depth + 1));
    if (typeof node.value === 'number' && !Number.isFinite(node.value)) {
      throw new YamlFault(`${node.source} is no number that JSON has, too`, offset);
    }
    return node.value;
  }

  /** The parser looks through the whole text for each anchor; here it is known already. */
  #aliased(anchor: string, offset: number, depth: number): unknown {
    const node = this.#anchors.get(anchor);
    if (node === undefined) throw new YamlFault(`nothing before is called "&${anchor}"`, offset);
    this.#aliasesAround += 1;
    const value = this.of(node, depth + 1);
    this.#aliasesAround -= 1;
    return value;
  }

  #members(pairs: YAMLMap.Parsed['items'], depth: number): unknown {
    const names = new Set<string>();
    return Object.fromEntries(
      pairs.map(({ key, value }) => {
        const name = nameOf(key);
        if (names.has(name)) throw new YamlFault(`"${name}" is given twice`, key.range[0]);
        names.add(name);
        return [name, this.of(value, depth + 1)];
      }),
    );
  }
}

function nameOf(key: ParsedNode): string {
  if (isScalar(key) && typeof key.value === 'string') return key.value;
  throw new YamlFault('the name of a member must be a text', key.range[0]);
}

/** Where the member or element at a path begins, or the nearest value around it; not behind aliases. */
function offsetOf({ contents, range }: Tree, path: JsonPath): number {
  let [at, node]: [number, ParsedNode | null] = [contents?.range[0] ?? range[0], contents];
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => nameOf(key) === step);
      if (pair === undefined) return at;
      [at, node] = [pair.key.range[0], pair.value];
    } else if (isSeq(node)) {
      const item: ParsedNode | undefined = node.items[Number(step)];
      if (item === undefined) return at;
      [at, node] = [item.range[0], item];
    } else return at;
  }
  return at;
}
