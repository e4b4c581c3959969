import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { z } from 'zod';
import { estateSchema } from '../../contract/estate.ts';
import { importEstate } from '../../start.ts';
import { UsageFault } from '../fault.ts';

/** `backroom import`: definitions and master data from an estate file into a main server's folder. */
export function importCommand(): Command {
  return new Command('import')
    .description(
      "Import an estate file (definitions and master data) into a main server's data folder.",
    )
    .argument('<file>', 'estate file, JSON')
    .requiredOption(
      '--data <directory>',
      'data folder of the main server, which must not be running',
    )
    .option('--server-key <key>', 'Mobile Server Key of the main server', 'Main')
    .action(async (file: string, options: { data: string; serverKey: string }) => {
      const { rows } = await importEstate(
        { dataDirectory: options.data, serverKey: options.serverKey },
        readEstate(file),
      );
      console.log(`Imported ${rows} rows into ${options.data}.`);
    });
}

function readEstate(file: string): z.infer<typeof estateSchema> {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new UsageFault(`${file} cannot be read as JSON: ${(cause as Error).message}`, { cause });
  }
  const estate = estateSchema.safeParse(content);
  if (!estate.success)
    throw new UsageFault(`${file} is no estate file:\n${z.prettifyError(estate.error)}`);
  return estate.data;
}
