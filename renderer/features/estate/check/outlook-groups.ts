import type { Outlook, StoreOutlook } from '../../../../server/contract/topology-api.ts';

/** What is asked about a store, in the order of a day. */
export const ABILITIES = ['logIn', 'query', 'sell', 'confirm'] as const;

/** Stores of which the same can be said. */
export interface OutlookGroup {
  stores: readonly StoreOutlook['store'][];
  outlook: Pick<StoreOutlook, (typeof ABILITIES)[number]>;
}

const HARM: Record<Outlook['works'], number> = { no: 3, partly: 2, unknown: 1, yes: 0 };

/** Puts stores with the same outlook together; those that are hit hardest come first. */
export function groupOutlooks(outlooks: readonly StoreOutlook[]): OutlookGroup[] {
  const alike = Map.groupBy(outlooks, (one) => JSON.stringify(ABILITIES.map((what) => one[what])));
  return [...alike.values()]
    .flatMap(([first, ...others]) =>
      first === undefined
        ? []
        : [{ stores: [first, ...others].map(({ store }) => store), outlook: first }],
    )
    .toSorted((a, b) => harmOf(b) - harmOf(a));
}

function harmOf({ outlook }: OutlookGroup): number {
  return ABILITIES.reduce((sum, what) => sum + HARM[outlook[what].works], 0);
}
