import type { DefinitionsSummary } from '../../../../server/contract/definitions-api.ts';
import { ExportCard } from './export-card.tsx';
import { ImportCard } from './import-card.tsx';

/** The whole estate as a file: out of here for everybody, into here for those who may change it. */
export function FilePage({ summary }: { summary: DefinitionsSummary }) {
  return (
    <>
      <ExportCard />
      {summary.readOnly === null ? <ImportCard /> : null}
    </>
  );
}
