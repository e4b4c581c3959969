import { pino } from 'pino';
import type { Log } from './ports.ts';

/**
 * A structured log on standard error, one JSON object a line, so that standard output stays free for
 * results. Secrets never reach it: tokens are stripped from URLs before logging, and these members
 * are struck out wherever they appear.
 */
export function createLog(level: string): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { error: pino.stdSerializers.err },
      redact: [
        'authorization',
        'password',
        'pin',
        'token',
        '*.authorization',
        '*.password',
        '*.pin',
      ],
    },
    pino.destination({ dest: 2, sync: false }),
  );
}
