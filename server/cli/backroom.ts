#!/usr/bin/env node
/**
 * The `backroom` command. Nothing is imported before the version is known to be good: the database
 * driver ends an older Node with a crash that explains nothing.
 */
const OLDEST_NODE = 22;

const major = Number(process.versions.node.split('.')[0]);
if (major < OLDEST_NODE) {
  console.error(
    `Backroom needs Node ${OLDEST_NODE} or newer; this is Node ${process.versions.node} (${process.execPath}).\n` +
      'In the checkout, run it through npm, which brings its own: npx backroom, or npm run demo.',
  );
  process.exitCode = 1;
} else {
  const { run } = await import('./program.ts');
  await run(process.argv);
}
