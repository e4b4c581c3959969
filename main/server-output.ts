/** What is kept of the server's output for a person to read. */
const KEPT_LINES = 12;
const KEPT_LINE_LENGTH = 500;

/** How `backroom serve` gives out the code for the first administrator, on standard output. */
const SETUP_CODE = /with this code \(it works once\): (\S+)/;

/** Cuts chunks of text into lines; a line without an end is bounded and waits for the rest. */
export function lineReader(onLine: (line: string) => void): (chunk: string) => void {
  let rest = '';
  return (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = (lines.pop() ?? '').slice(-KEPT_LINE_LENGTH);
    for (const line of lines) onLine(line.slice(0, KEPT_LINE_LENGTH));
  };
}

/** The single-use code in a line of the server's standard output, or undefined. */
export function setupCodeIn(line: string): string | undefined {
  return SETUP_CODE.exec(line)?.[1];
}

/**
 * Keeps the last lines of standard error that speak to people. The structured log travels there too,
 * one JSON object a line, and is left out.
 */
export function lastWords(): { hear(line: string): void; text(): string } {
  const lines: string[] = [];
  return {
    hear(line) {
      if (line.trim() === '' || line.startsWith('{')) return;
      lines.push(line);
      if (lines.length > KEPT_LINES) lines.shift();
    },
    text: () => lines.join('\n'),
  };
}
