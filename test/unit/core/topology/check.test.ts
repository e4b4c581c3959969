import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readEstate } from '../../../../server/core/estate/read-estate.ts';
import { checkTopology } from '../../../../server/core/topology/check.ts';
import { RULES } from '../../../../server/core/topology/rules.ts';
import { topologyOf } from '../../../../server/core/topology/topology.ts';
import { standardServices } from '../../../../server/modules.ts';
import { server, storeServer, topology } from './estates.ts';
import { WRONG_ESTATES } from './wrong-estates.ts';

describe('the checker', () => {
  it('finds nothing in an estate in which nothing is wrong', () => {
    expect(checkTopology(topology())).toEqual([]);
  });

  it.each(WRONG_ESTATES)('tells what goes wrong with $what ($rule)', (wrong) => {
    const findings = checkTopology(wrong.topology).filter(({ rule }) => rule === wrong.rule);
    const found = findings.find(({ story }) => story === wrong.story);
    expect(found, findings.map(({ story }) => story).join('\n')).toBeDefined();
    expect(found?.severity).toBe(wrong.severity);
    if (wrong.reaches !== undefined) {
      expect(found?.steps.map((step) => step.reaches)).toEqual(wrong.reaches);
    }
  });

  it.each(RULES.map(({ name }) => name))('needs the rule %s for one of these', (name) => {
    const own = WRONG_ESTATES.filter(({ rule }) => rule === name);
    expect(own.length).toBeGreaterThan(0);
    const others = RULES.filter((rule) => rule.name !== name);
    for (const wrong of own) {
      const stories = checkTopology(wrong.topology, others).map(({ story }) => story);
      expect(stories).not.toContain(wrong.story);
    }
  });

  it('tells an error with the store, its way to mend and who calls what', () => {
    const [first] = WRONG_ESTATES;
    const split = checkTopology(first!.topology).find(({ story }) => story === first!.story);
    expect(split).toMatchObject({
      rule: 'same-mains',
      where: {
        stores: [{ id: 'Bilbao', name: 'Bilbao' }],
        servers: ['Backup'],
        services: [
          'org.openbravo.retail.posterminal.CustomerLoader',
          'org.openbravo.retail.posterminal.OrderLoader',
        ],
      },
      message:
        'In Bilbao, the ticket goes to Backup, and the customer that it needs goes to Central.',
      steps: [
        { actor: 'VBS-2', does: 'creates a customer', reaches: ['Central'] },
        { actor: 'VBS-2', does: 'sells to the customer', reaches: ['Backup'] },
      ],
    });
    expect(split?.mend).toContain('replicatesWith');
  });

  it('takes mains that are kept alike for one', () => {
    const split = WRONG_ESTATES[0]!.topology;
    const servers = split.definitions.servers.map((row) =>
      row.key === 'Backup' ? { ...row, replicatesWith: ['Central'] } : row,
    );
    const mended = { ...split, definitions: { ...split.definitions, servers } };
    expect(checkTopology(mended).filter(({ severity }) => severity !== 'advice')).toEqual([]);
  });

  it('lists errors first, then warnings, then advice', () => {
    const many = topology({
      servers: [server('Central', 20), storeServer('Shop', 20, { url: '' }), server('Central', 30)],
      preferences: [],
    });
    const severities = checkTopology(many).map(({ severity }) => severity);
    expect(new Set(severities)).toEqual(new Set(['error', 'advice']));
    expect(severities).toEqual(
      severities.toSorted((a, b) => (a === b ? 0 : a === 'error' ? -1 : 1)),
    );
  });
});

describe('the examples', () => {
  const examples = ['main-and-failover', 'shared-store-servers', 'central-aggregation'];
  it.each(examples)('%s is proven', (name) => {
    const text = readFileSync(
      new URL(`../../../../resources/estates/${name}.json`, import.meta.url),
      'utf8',
    );
    const read = readEstate(text);
    if (!('estate' in read)) throw new Error(JSON.stringify(read.faults));
    expect(checkTopology(topologyOf(read.estate, standardServices()))).toEqual([]);
  });
});
