import type {
  DefinitionChange,
  DefinitionFinding,
  OrganizationNode,
} from '../../../../server/contract/definitions-api.ts';
import type { Faults } from '../review/use-proposal.ts';

/** An organization as it stands in the form. */
export interface OrganizationDraft {
  name: string;
  /** The id of the organization that it is part of; '' at the root. */
  parent: string;
}
export type OrganizationField = keyof OrganizationDraft;

/** An organization put into the form; a new one below the given one. */
export function organizationDraft(
  node: OrganizationNode | undefined,
  below: string,
): OrganizationDraft {
  return node === undefined
    ? { name: '', parent: below }
    : { name: node.name, parent: node.parent ?? '' };
}

/** The change that the form asks for: only what a person has altered. */
export function organizationChange(
  draft: OrganizationDraft,
  node: OrganizationNode | undefined,
): DefinitionChange {
  const row = { name: draft.name.trim(), parent: draft.parent === '' ? null : draft.parent };
  if (node === undefined) return { action: 'create', model: 'Organization', row };
  const fields = {
    ...(row.name !== node.name && { name: row.name }),
    ...(row.parent !== node.parent && { parent: row.parent }),
  };
  return { action: 'update', model: 'Organization', id: node.id, fields };
}

/**
 * The sentence for each field of a form that has a fault. A cycle is a fault of everyone in it: what
 * is said of the row that is being changed is enough.
 */
export function faultsOfRow<Field extends string>(
  findings: readonly DefinitionFinding[],
  id: string | undefined,
  fieldOf: (member: string) => Field,
): Faults<Field> {
  const own = findings.filter((one) => one.id === id || one.change !== null);
  const faults: Faults<Field> = {};
  for (const { field, message } of own.length === 0 ? findings : own) {
    const shown = fieldOf(field.split('.')[0] ?? '');
    const before = faults[shown];
    faults[shown] = before === undefined ? message : `${before} ${message}`;
  }
  return faults;
}
