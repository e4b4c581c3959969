import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { openProgress } from '../../../server/cli/demo/progress.ts';

function stream(isTTY: boolean): { out: NodeJS.WriteStream; text: () => string } {
  const out = Object.assign(new PassThrough(), { isTTY, columns: 80, rows: 24 });
  for (const name of ['cursorTo', 'moveCursor', 'clearLine']) {
    Object.assign(out, { [name]: () => true });
  }
  return {
    out: out as unknown as NodeJS.WriteStream,
    text: () => String(out.read() ?? ''),
  };
}

describe('the progress of a long run', () => {
  it('is a few lines where there is no terminal', () => {
    const { out, text } = stream(false);
    const progress = openProgress(out);
    progress.phase('Selling', 1_000);
    for (let done = 1; done <= 1_000; done += 1) progress.at(done);
    progress.say('The line is cut.');
    progress.stop();
    expect(text()).toBe(
      'Selling\nSelling 200/1000\nSelling 400/1000\nSelling 600/1000\nSelling 800/1000\n' +
        'Selling 1000/1000\nThe line is cut.\n',
    );
  });

  it('is a bar on a terminal, which goes on below what is said', () => {
    const { out, text } = stream(true);
    const progress = openProgress(out);
    progress.phase('Selling', 10);
    progress.at(4);
    progress.say('The line is cut.');
    progress.at(5);
    progress.stop();
    const [before, after] = text().split('The line is cut.\n');
    expect(before).toContain('0/10');
    expect(after).toContain('4/10');
  });
});
