import { readFileSync } from 'node:fs';
import type { Estate } from '../contract/estate.ts';
import type { EstateFault } from '../core/estate/read-estate.ts';
import { faultText, readEstate } from '../core/estate/read-estate.ts';
import { UsageFault } from './fault.ts';

/** The estate in a file. Throws {@link EstateFileFault} for a file that is none. */
export function readEstateFile(file: string): Estate {
  const read = readEstate(readText(file));
  if ('estate' in read) return read.estate;
  throw new EstateFileFault(file, read.faults);
}

/** A file that is no estate file; its message lists every fault with its place. */
export class EstateFileFault extends UsageFault {
  readonly faults: readonly EstateFault[];

  constructor(file: string, faults: readonly EstateFault[]) {
    super(
      `${file} is no estate file:\n${faults.map((fault) => `  ${faultText(fault)}`).join('\n')}`,
    );
    this.faults = faults;
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new UsageFault(`${file} cannot be read: ${(cause as Error).message}`, { cause });
  }
}
