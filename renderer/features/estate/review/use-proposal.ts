import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type {
  ChangesAnswer,
  DefinitionChange,
  DefinitionFinding,
} from '../../../../server/contract/definitions-api.ts';
import { estateClient } from '../../../estate-client.ts';
import { useReview } from './use-review.ts';

/** The sentence for each field of a form that has a fault. */
export type Faults<Field extends string> = Partial<Record<Field, string>>;

/** What a form asks for. */
interface Proposal<Field extends string> {
  title: string;
  change: () => DefinitionChange;
  /** The newest change when the form was opened. */
  changeNo: number;
  faultsOf: (findings: readonly DefinitionFinding[]) => Faults<Field>;
  onDone: (answer: ChangesAnswer) => void;
}

/** The way from a form to a change: it is previewed, and its faults come back to the fields. */
export function useProposal<Field extends string>(proposal: Proposal<Field>) {
  const review = useReview();
  // A change that somebody else makes while this form is open is told, not overwritten.
  const [knownChangeNo] = useState(proposal.changeNo);
  const [faults, setFaults] = useState<Faults<Field>>({});
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => {
      setFaults({});
      const changes = [proposal.change()];
      return review({
        title: proposal.title,
        send: (manner) => estateClient.change({ changes, knownChangeNo, ...manner }),
        onFaults: (found) => setFaults(proposal.faultsOf(found)),
        onDone: proposal.onDone,
      });
    },
  });
  return {
    faults,
    isPending,
    error,
    propose: () => {
      if (!isPending) mutate();
    },
    /** What is altered is no longer known to be wrong. */
    forget: (fields: readonly string[]) =>
      setFaults((known) => {
        const rest = Object.entries(known).filter(([field]) => !fields.includes(field));
        return Object.fromEntries(rest) as Faults<Field>;
      }),
  };
}
