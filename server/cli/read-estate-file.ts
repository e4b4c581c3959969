import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import type { Estate, EstateFormat } from '../contract/estate.ts';
import type { EstateFault } from '../core/estate/read-estate.ts';
import { faultText, readEstate } from '../core/estate/read-estate.ts';
import { UsageFault } from './fault.ts';

const FORMATS: Readonly<Record<string, EstateFormat>> = {
  '.json': 'json',
  '.yaml': 'yaml',
  '.yml': 'yaml',
};

/**
 * The estate in a file, JSON or YAML by its name; a file of another name by what it begins with. Throws {@link EstateFileFault} for a file that is none.
 */
export function readEstateFile(file: string): Estate {
  const read = readEstate(readText(file), FORMATS[extname(file).toLowerCase()]);
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
