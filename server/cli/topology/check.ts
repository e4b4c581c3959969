import type { Estate } from '../../contract/estate.ts';
import type { EstateFault } from '../../core/estate/read-estate.ts';
import { faultText } from '../../core/estate/read-estate.ts';
import { checkTopology } from '../../core/topology/check.ts';
import type { Finding } from '../../core/topology/finding.ts';
import { findingOf } from '../../core/topology/finding.ts';
import { survey } from '../../core/topology/store-view.ts';
import { topologyOf } from '../../core/topology/topology.ts';
import type { WhatIf } from '../../core/topology/what-if.ts';
import { whatIf, whatIfEach } from '../../core/topology/what-if.ts';
import { standardServices } from '../../start.ts';
import { UsageFault } from '../fault.ts';
import { EstateFileFault, readEstateFile } from '../read-estate-file.ts';
import { reportText } from './report.ts';

/** What a check found; the object of `--json`, with the counts before it. */
export interface Report {
  findings: readonly Finding[];
  whatIf: readonly WhatIf[];
  /** Stores that were looked at, by name. */
  stores: readonly string[];
}

/**
 * Checks an estate file. Without `down` every server is taken down once. A file that is no estate is a
 * failed check too: its faults are the findings. Throws UsageFault where there is nothing to check.
 */
export function checkEstate(
  file: string,
  options: { down: string[] | undefined; asJson: boolean },
): { text: string; failed: boolean } {
  const report = reportOn(file, options.down);
  const errors = count(report, 'error');
  const text = options.asJson
    ? jsonOf(report)
    : reportText(report, { all: options.down !== undefined });
  return { text, failed: errors > 0 };
}

function reportOn(file: string, down: string[] | undefined): Report {
  let estate: Estate;
  try {
    estate = readEstateFile(file);
  } catch (error) {
    if (!(error instanceof EstateFileFault)) throw error;
    return {
      findings: error.faults.map((fault) => fileFinding(file, fault)),
      whatIf: [],
      stores: [],
    };
  }
  const topology = topologyOf(estate, standardServices());
  const known = new Set(topology.definitions.servers.map((server) => server.key));
  const strange = down?.filter((key) => !known.has(key)) ?? [];
  if (strange.length > 0) {
    throw new UsageFault(
      `${file} has no server with the key ${strange.join(', ')}. It has ${[...known].join(', ')}.`,
    );
  }
  return {
    findings: checkTopology(topology),
    whatIf: down === undefined ? whatIfEach(topology) : whatIf(topology, [down]),
    stores: survey(topology).stores.map(({ store }) => store.name),
  };
}

/** A fault of the file, told like those of what is in it. */
function fileFinding(file: string, fault: EstateFault): Finding {
  return findingOf('estate-file', {
    severity: 'error',
    message: `${file}, ${faultText(fault)}.`,
    story: `An administrator imports ${file}. All of it is refused, because a part that is read wrongly would send sales wrongly.`,
    mend: 'Correct the file at that place.',
  });
}

function jsonOf(report: Report): string {
  const { findings, whatIf: outlooks } = report;
  const counts = {
    errors: count(report, 'error'),
    warnings: count(report, 'warning'),
    advice: count(report, 'advice'),
  };
  return JSON.stringify({ ...counts, findings, whatIf: outlooks }, null, 2);
}

function count({ findings }: Report, severity: Finding['severity']): number {
  return findings.filter((finding) => finding.severity === severity).length;
}
