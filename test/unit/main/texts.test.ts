import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { textsFor, textsSchema } from '../../../main/texts.ts';
import { trayText } from '../../../main/tray-text.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const pages = join(root, 'resources', 'shell');
const texts = textsSchema.parse(JSON.parse(readFileSync(join(pages, 'texts.json'), 'utf8')));
const english = texts['en'] ?? {};

/** The texts that a file names: quoted keys, whose first part is one of the texts' own. */
function keysIn(directory: string, pattern: RegExp): string[] {
  const parts = [...new Set(Object.keys(english).map((key) => key.split('.')[0]))].join('|');
  const key = new RegExp(`['"]((?:${parts})\\.[A-Za-z]+)['"]`, 'g');
  return readdirSync(directory)
    .filter((name) => pattern.test(name))
    .flatMap((name) => [...readFileSync(join(directory, name), 'utf8').matchAll(key)])
    .map(([, found]) => found ?? '')
    .filter((found) => !/\.(js|css|html|json|svg|png|ts)$/.test(found));
}

describe('the texts of the shell', () => {
  it('are the same in every language, with the same placeholders', () => {
    const shapeOf = (language: Record<string, string>) =>
      Object.entries(language).map(([key, text]) => [key, text.match(/\{\w+\}/g)?.toSorted()]);
    for (const language of Object.values(texts))
      expect(shapeOf(language)).toEqual(shapeOf(english));
  });

  it('exist wherever one is named', () => {
    const named = [...keysIn(pages, /\.(html|js)$/), ...keysIn(join(root, 'main'), /\.ts$/)];
    expect(named.length).toBeGreaterThan(50);
    expect(named.filter((key) => english[key] === undefined)).toEqual([]);
  });

  it('are chosen by language, English where it is unknown', () => {
    expect(textsFor(texts, 'es-MX')('tray.open')).toBe('Abrir Backroom');
    expect(textsFor(texts, 'de')('tray.open')).toBe('Open Backroom');
    expect(() => textsFor(texts, 'en')('tray.nothing')).toThrow('no text "tray.nothing"');
  });
});

describe('what the tray says', () => {
  const say = textsFor(texts, 'en');
  const running = {
    phase: 'running',
    hosted: true,
    origin: 'http://127.0.0.1:8427',
    role: 'store',
    serverKey: 'S1',
    version: '1.0.0',
    setupCode: null,
  } as const;

  it('names the server and what the screens said of synchronization', () => {
    expect(trayText(running, '3 tickets wait', say)).toEqual({
      state: 'Server S1 runs',
      sync: '3 tickets wait',
      attention: false,
    });
  });

  it('forgets synchronization and calls for attention when the server is not running', () => {
    const waiting = {
      phase: 'waiting',
      trouble: { code: 'gone' },
      failures: 1,
      retryAt: '2026-11-24T19:00:00.000Z',
    } as const;
    expect(trayText(waiting, '3 tickets wait', say)).toEqual({
      state: 'The server is not running',
      sync: null,
      attention: true,
    });
  });
});
