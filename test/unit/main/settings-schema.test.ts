import { describe, expect, it } from 'vitest';
import { asideName, problemIn, storeSchema } from '../../../main/settings-schema.ts';

const main = { role: 'main', dataDirectory: '/data', port: 8427, openToNetwork: false };
const store = { ...main, role: 'store', serverKey: 'S1', mainUrl: 'https://main.example.com' };

describe('the settings', () => {
  it.each([
    ['empty', {}],
    ['a main server', { server: main }],
    ['a store server', { server: store }],
    ['with a window', { server: main, window: { x: -8, y: 0, width: 800, height: 600 } }],
  ])('may be %s', (_name, settings) => {
    expect(problemIn(settings)).toBeUndefined();
  });

  it.each([
    ['an unknown role', { server: { ...main, role: 'shop' } }, 'server.role'],
    ['port 0', { server: { ...main, port: 0 } }, 'server.port'],
    ['a missing folder', { server: { ...main, dataDirectory: '' } }, 'server.dataDirectory'],
    ['a store without its main', { server: { ...store, mainUrl: undefined } }, 'server.mainUrl'],
    ['a store without its key', { server: { ...store, serverKey: undefined } }, 'server.serverKey'],
    ['an address that is none', { server: { ...store, mainUrl: 'main' } }, 'server.mainUrl'],
    ['a misspelt key', { server: { ...main, prot: 1 } }, 'prot'],
    ['an unknown part', { servers: [] }, 'servers'],
    ['a window without a size', { window: { x: 0, y: 0, width: 0, height: 5 } }, 'window.width'],
  ])('with %s are wrong, and the key is named', (_name, settings, key) => {
    expect(problemIn(settings)).toContain(key);
  });

  it('are given to the store as JSON Schema that admits no other keys', () => {
    const { schema, rootSchema } = storeSchema();
    expect(Object.keys(schema)).toEqual(['server', 'window']);
    expect(schema['server']).toMatchObject({
      type: 'object',
      required: ['role', 'dataDirectory', 'port', 'openToNetwork'],
      additionalProperties: false,
    });
    expect(rootSchema).toEqual({ additionalProperties: false });
  });

  it('that are broken are kept under a name with the time in it', () => {
    const atMs = Date.parse('2026-11-24T19:05:01.123Z');
    expect(asideName(atMs)).toBe('settings.broken-20261124T190501123Z.json');
  });
});
