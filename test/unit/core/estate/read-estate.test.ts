import { describe, expect, it } from 'vitest';
import { faultText, readEstate } from '../../../../server/core/estate/read-estate.ts';

/** What is wrong in a text, as people read it. */
function faultsIn(text: string): string[] {
  const read = readEstate(text);
  return 'faults' in read ? read.faults.map(faultText) : [];
}

const MINIMAL = '{ "organizations": [], "servers": [] }';

describe('an estate file', () => {
  it('needs organizations and servers only, and is of this version where it names none', () => {
    expect(readEstate(MINIMAL)).toEqual({
      estate: {
        ...{ organizations: [], servers: [], users: [], terminals: [], preferences: [] },
        models: {},
      },
    });
    expect(faultsIn(MINIMAL.replace('{', '{ "estate": 1,'))).toEqual([]);
    expect(faultsIn(`\uFEFF${MINIMAL}`)).toEqual([]);
  });

  it('of another version is refused for that alone', () => {
    expect(faultsIn('{\n  "estate": 2,\n  "shops": []\n}')).toEqual([
      'line 2, column 3, estate: this file is of version 2, and this program reads version 1. Use the program that wrote it, or a newer one',
    ]);
  });

  it('that was cut off is refused where it ends', () => {
    expect(faultsIn('{ "organizations": [\n  { "id": "0",')).toEqual([
      'line 2, column 15: the text ends too early; the name of a member is due',
    ]);
  });

  it('with unknown keys is refused with the path and the line of each', () => {
    const text = `{
  "organizations": [{ "id": "0", "name": "All", "parent": null, "active": true }],
  "servers": [
    { "id": "S", "key": "Central", "name": "Central", "type": "MAIN",
      "url": "https://x/openbravo", "priority": 10, "priorty": 20 }
  ],
  "serves": [],
  "terminals": [
    { "id": "T", "searchKey": "V", "name": "V", "client": "C", "organization": "0", "priceList": "L",
      "docNoPrefix": "V", "currency": { "id": "102", "isoCode": "EUR", "precision": 2, "sign": "€" } }
  ]
}`;
    const unknown = 'this key is not known; it is misspelt, or belongs elsewhere';
    expect(faultsIn(text)).toEqual([
      `line 5, column 53, servers[0].priorty: ${unknown}`,
      `line 10, column 88, terminals[0].currency.sign: ${unknown}`,
      `line 7, column 3, serves: ${unknown}`,
    ]);
  });

  it('with wrong values is refused with what they must be', () => {
    const text = `{
  "organizations": {},
  "servers": [
    { "id": "S", "key": "", "name": "Central", "type": "BOTH", "url": 5, "priority": "ten" },
    { "id": "S", "key": "A", "name": "A", "type": "MAIN", "url": "", "priority": 1.5 }
  ],
  "services": [
    { "name": "x", "module": "y", "routingType": "Everywhere", "timeoutMs": 1 },
    { "name": "x", "module": "y", "routingType": "Ping" }
  ]
}`;
    expect(faultsIn(text)).toEqual([
      'line 2, column 3, organizations: must be a list, and is {}',
      'line 4, column 18, servers[0].key: is too small or too short (at least 1), and is ""',
      'line 4, column 48, servers[0].type: must be one of MAIN, STORE, and is "BOTH"',
      'line 4, column 64, servers[0].url: must be a text in quotes, and is 5',
      'line 4, column 74, servers[0].priority: must be a number, and is "ten"',
      'line 5, column 70, servers[1].priority: must be a whole number, and is 1.5',
      'line 8, column 35, services[0].routingType: must be one of Failover, Transaction, Broadcast, Ping, and is "Everywhere"',
      'line 9, column 5, services[1].timeoutMs: is missing',
    ]);
  });

  it('that is no object, or of another kind altogether, is refused shortly', () => {
    expect(faultsIn('[]')).toEqual(['line 1, column 1: must be an object, and is []']);
    const many = { organizations: Array.from({ length: 500 }, () => 1), servers: [] };
    expect(faultsIn(JSON.stringify(many))).toHaveLength(50);
  });
});
