import type { DefinitionFinding } from '../../contract/definitions-api.ts';

type Given = Pick<DefinitionFinding, 'code' | 'message'> & Partial<DefinitionFinding>;

/** A finding: an error about the whole that cannot be forced, where nothing else is said. */
export function finding(given: Given): DefinitionFinding {
  return {
    severity: 'error',
    change: null,
    model: null,
    id: null,
    field: '',
    forceable: false,
    tills: [],
    ...given,
  };
}

/** Whether two findings are about the same fault. */
function sameFault(one: DefinitionFinding, other: DefinitionFinding): boolean {
  return (
    one.code === other.code &&
    one.model === other.model &&
    one.id === other.id &&
    one.message === other.message
  );
}

/**
 * What a change brings about: faults that were there before are no reason to refuse it (one fault can
 * be mended at a time), so they come as warnings.
 */
export function newFindings(
  before: readonly DefinitionFinding[],
  after: readonly DefinitionFinding[],
): DefinitionFinding[] {
  return after.map((one) =>
    before.some((other) => sameFault(one, other)) ? { ...one, severity: 'warning' } : one,
  );
}
