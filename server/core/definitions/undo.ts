import type { DefinitionFinding } from '../../contract/definitions-api.ts';
import type { Definitions } from '../../contract/definitions.ts';
import type { Changed } from './change.ts';
import { sameRow } from './difference.ts';
import { finding } from './finding.ts';
import type { RowChange } from './rows.ts';
import { WORDS, nameOf, rowOf, withRow } from './rows.ts';

/**
 * Takes a change back: each of its rows as it was before. A row that the change made is deactivated,
 * since rows are never deleted. A row that has changed since is named in the findings and stays. What
 * else depends on the change is found by judging the whole, as with any change.
 */
export function undoChange(
  definitions: Definitions,
  rows: readonly Pick<RowChange, 'model' | 'id' | 'before' | 'after'>[],
): Changed {
  const findings: DefinitionFinding[] = [];
  const undone: RowChange[] = [];
  let after = definitions;
  for (const { model, id, before, after: made } of rows) {
    const now = rowOf(definitions, model, id) ?? null;
    if (now === null || !sameRow(now, made)) {
      const message = `The ${WORDS[model]} "${nameOf(made)}" has been changed since. Undo the newer change first.`;
      findings.push(finding({ code: 'changedSince', model, id, message }));
      continue;
    }
    const row = before ?? { ...made, active: false };
    undone.push({ model, id, before: now, after: row, change: null });
    after = withRow(after, model, row);
  }
  return { after, rows: undone, findings };
}
