import type { DefinitionFinding } from '../../../contract/definitions-api.ts';
import type { Definitions, Organization, Terminal } from '../../../contract/definitions.ts';
import { finding } from '../finding.ts';

/** What must hold of organizations and tills: a tree without cycles, and every till in it. */
export function placeFindings(definitions: Definitions): DefinitionFinding[] {
  const byId = new Map(definitions.organizations.map((row) => [row.id, row]));
  const organizations = definitions.organizations.filter((row) => row.active);
  const terminals = definitions.terminals.filter((row) => row.active);
  return [
    ...organizations.flatMap((row) => parentFindings(row, byId)),
    ...terminals.flatMap((row) => organizationFindings(row, byId)),
    ...sameText(terminals, 'searchKey', 'error'),
    ...sameText(terminals, 'docNoPrefix', 'warning'),
  ];
}

function parentFindings(
  row: Organization,
  byId: ReadonlyMap<string, Organization>,
): DefinitionFinding[] {
  const about = { model: 'Organization', id: row.id, field: 'parent' };
  const parent = row.parent === null ? undefined : byId.get(row.parent);
  if (row.parent !== null && parent?.active !== true) {
    const message = `Organization "${row.name}": its parent "${parent?.name ?? row.parent}" is ${parent === undefined ? 'not defined' : 'not active'}. Choose another parent, or none.`;
    return [finding({ ...about, code: 'unknownParent', message })];
  }
  const path = [row.name];
  for (
    let at = parent;
    at !== undefined;
    at = at.parent === null ? undefined : byId.get(at.parent)
  ) {
    path.push(at.name);
    if (at.id === row.id) {
      const message = `Organization "${row.name}" is above itself: ${path.join(' → ')}. Choose another parent for one of them.`;
      return [finding({ ...about, code: 'cycle', message })];
    }
    // A cycle further up is told at those that are in it.
    if (path.length > byId.size) return [];
  }
  return [];
}

function organizationFindings(
  row: Terminal,
  byId: ReadonlyMap<string, Organization>,
): DefinitionFinding[] {
  const organization = byId.get(row.organization);
  if (organization?.active === true) return [];
  const message = `Till "${row.searchKey}": its organization "${organization?.name ?? row.organization}" is ${organization === undefined ? 'not defined' : 'not active'}. Choose another organization, or deactivate the till first.`;
  return [
    finding({
      code: 'unknownOrganization',
      model: 'Terminal',
      id: row.id,
      field: 'organization',
      message,
    }),
  ];
}

const SAME = {
  searchKey: 'has the same search key, so a till could not tell who it is',
  docNoPrefix: 'numbers its tickets with the same prefix, so two tickets get one number',
};

function sameText(
  terminals: readonly Terminal[],
  field: keyof typeof SAME,
  severity: DefinitionFinding['severity'],
): DefinitionFinding[] {
  const first = new Map<string, Terminal>();
  return terminals.flatMap((row) => {
    const other = first.get(row[field]);
    if (other === undefined) {
      first.set(row[field], row);
      return [];
    }
    const message = `Till "${row.searchKey}": "${other.name}" ${SAME[field]} ("${row[field]}"). Change one of them.`;
    const code = field === 'searchKey' ? 'sameSearchKey' : 'samePrefix';
    return finding({ code, severity, model: 'Terminal', id: row.id, field, message });
  });
}
