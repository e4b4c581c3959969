import { Command } from 'commander';
import { importEstate } from '../../start.ts';
import { readEstateFile } from '../read-estate-file.ts';

/** `backroom import`: definitions and master data from an estate file into a main server's folder. */
export function importCommand(): Command {
  return new Command('import')
    .description(
      "Import an estate file (definitions and master data) into a main server's data folder.",
    )
    .argument('<file>', 'estate file, JSON or YAML')
    .requiredOption(
      '--data <directory>',
      'data folder of the main server, which must not be running',
    )
    .option('--server-key <key>', 'Mobile Server Key of the main server', 'Main')
    .action(async (file: string, options: { data: string; serverKey: string }) => {
      const { rows } = await importEstate(
        { dataDirectory: options.data, serverKey: options.serverKey },
        readEstateFile(file),
      );
      console.log(`Imported ${rows} rows into ${options.data}.`);
    });
}
