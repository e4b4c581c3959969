import { Presets, SingleBar } from 'cli-progress';

/** Shows a person how far a long run is. Goes to standard error: standard output is for the result. */
export interface Progress {
  /** A step of the run begins; a total of 0 has no bar. */
  phase(title: string, total?: number): void;
  /** How far the step is. */
  at(done: number): void;
  /** A sentence on a line of its own. */
  say(sentence: string): void;
  /** Ends the bar, so that the terminal is free for other output. */
  stop(): void;
}

/** Lines that a step without a terminal prints at most. */
const PLAIN_LINES = 5;

/** A bar on a terminal, a few plain lines elsewhere (a log, a pipe). */
export function openProgress(stream: NodeJS.WriteStream): Progress {
  return stream.isTTY ? barProgress(stream) : plainProgress(stream);
}

function barProgress(stream: NodeJS.WriteStream): Progress {
  let bar: SingleBar | undefined;
  let step = { title: '', total: 0, done: 0 };
  const stop = (): void => {
    bar?.stop();
    bar = undefined;
  };
  const show = (): void => {
    const format = `${step.title} {bar} {value}/{total}`;
    bar = new SingleBar(
      { format, stream, hideCursor: true, barsize: 30, clearOnComplete: true },
      Presets.shades_classic,
    );
    bar.start(step.total, step.done);
  };
  return {
    phase: (title, total = 0) => {
      stop();
      step = { title, total, done: 0 };
      if (total === 0) stream.write(`${title}\n`);
      else show();
    },
    at: (done) => {
      step.done = done;
      bar?.update(done);
    },
    say: (sentence) => {
      const isShown = bar !== undefined;
      // The sentence stays above; the bar goes on below it.
      stop();
      stream.write(`${sentence}\n`);
      if (isShown) show();
    },
    stop,
  };
}

function plainProgress(stream: NodeJS.WriteStream): Progress {
  let step = { title: '', total: 0, printed: 0 };
  return {
    phase: (title, total = 0) => {
      step = { title, total, printed: 0 };
      stream.write(`${title}\n`);
    },
    at: (done) => {
      const part = step.total === 0 ? 0 : Math.floor((done / step.total) * PLAIN_LINES);
      if (part <= step.printed) return;
      step.printed = part;
      stream.write(`${step.title} ${done}/${step.total}\n`);
    },
    say: (sentence) => stream.write(`${sentence}\n`),
    stop: () => undefined,
  };
}
