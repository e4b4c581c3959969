import type { z } from 'zod';
import type { DefinitionChange, DefinitionFinding } from '../../contract/definitions-api.ts';
import type { Definitions } from '../../contract/definitions.ts';
import { finding } from './finding.ts';
import type { DefinitionRow, RowChange } from './rows.ts';
import { STRICT_SCHEMAS, WORDS, nameOf, rowOf, withRow } from './rows.ts';

/** Definitions after some changes: the rows that these touched, and what could not be read. */
export interface Changed {
  after: Definitions;
  rows: RowChange[];
  findings: DefinitionFinding[];
}

/** How a member is mended, where its schema alone does not say. */
const HINTS: Record<string, string> = {
  priority: 'Give a whole number, for example 10; smaller numbers are tried first.',
  type: 'Choose MAIN or STORE.',
  url: 'Give it with its context path, for example http://192.168.1.10:8427/openbravo.',
  key: 'Give 1 to 32 characters.',
  definedServices: 'Choose "only" (only those defined) or "excluding" (all excluding defined).',
  currency: 'Give its id, three-letter code and number of decimals.',
};

/**
 * Makes the changes one after the other, so that a later one may build on an earlier one. A change
 * that cannot be read leaves everything as it was and is named in the findings. A row that several
 * changes touch comes once, from how it was to how it is in the end.
 */
export function makeChanges(
  before: Definitions,
  changes: readonly DefinitionChange[],
  newId: () => string,
): Changed {
  const rows = new Map<string, RowChange>();
  const findings: DefinitionFinding[] = [];
  let after = before;
  changes.forEach((change, index) => {
    const made = rowAfter(after, change, newId);
    if ('faults' in made) {
      findings.push(...made.faults.map((fault) => ({ ...fault, change: index })));
      return;
    }
    const { model } = change;
    const { id } = made.row;
    const known = rows.get(`${model} ${id}`);
    const was = known === undefined ? (rowOf(before, model, id) ?? null) : known.before;
    rows.set(`${model} ${id}`, { model, id, before: was, after: made.row, change: index });
    after = withRow(after, model, made.row);
  });
  return { after, rows: [...rows.values()], findings };
}

function rowAfter(
  definitions: Definitions,
  change: DefinitionChange,
  newId: () => string,
): { row: DefinitionRow } | { faults: DefinitionFinding[] } {
  const { model } = change;
  if (change.action === 'create') {
    const id = change.row['id'] ?? newId();
    if (typeof id === 'string' && rowOf(definitions, model, id) !== undefined) {
      const message = `There is a ${WORDS[model]} with the id "${id}" already. Leave the id out and a new one is made.`;
      return { faults: [finding({ code: 'idTaken', model, id, field: 'id', message })] };
    }
    return readRow(model, { ...change.row, id }, undefined);
  }
  const known = rowOf(definitions, model, change.id);
  if (known === undefined) {
    const message = `There is no ${WORDS[model]} with the id "${change.id}". Load the list again.`;
    return { faults: [finding({ code: 'unknownRow', model, id: change.id, message })] };
  }
  if (change.action === 'deactivate') return { row: { ...known, active: false } };
  return readRow(model, { ...known, ...change.fields, id: change.id }, known);
}

/** A row as its schema reads it, or each fault with its path and how to mend it. */
function readRow(
  model: keyof typeof STRICT_SCHEMAS,
  values: Record<string, unknown>,
  known: DefinitionRow | undefined,
): { row: DefinitionRow } | { faults: DefinitionFinding[] } {
  const schema: z.ZodType<DefinitionRow> = STRICT_SCHEMAS[model];
  const result = schema.safeParse(values);
  if (result.success) return { row: result.data };
  const { name, id } = values;
  const called = known === undefined ? (typeof name === 'string' ? name : '') : nameOf(known);
  const what = called === '' ? `the new ${WORDS[model]}` : `${WORDS[model]} "${called}"`;
  return {
    faults: result.error.issues.map((issue) => {
      const isUnknown = issue.code === 'unrecognized_keys';
      const field = isUnknown ? issue.keys.join(', ') : issue.path.join('.');
      return finding({
        code: isUnknown ? 'unknownField' : 'badField',
        model,
        id: typeof id === 'string' ? id : null,
        field,
        message: isUnknown
          ? `"${field}" of ${what} is not known. Leave it out.`
          : `"${field}" of ${what} is not understood: ${issue.message}. ${HINTS[String(issue.path[0])] ?? 'Correct it.'}`,
      });
    }),
  };
}
