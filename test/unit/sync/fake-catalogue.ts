import type { Definitions } from '../../../server/contract/definitions.ts';
import type { JsonObject } from '../../../server/contract/json.ts';
import type { ModelDeclaration } from '../../../server/core/model.ts';
import type { ReplicationProgress, RowsPut, Storage } from '../../../server/storage/port.ts';
import { definitionsOf } from '../../support/definitions.ts';
import type { Reply } from '../../../server/upstream/ports.ts';

/** The part of storage that a replicator sees, in memory. */
export class FakeCatalogue implements Pick<
  Storage,
  'definitions' | 'putRows' | 'replicationProgress' | 'announce'
> {
  /** By model and scope, then by id. */
  readonly rows = new Map<string, Map<string, JsonObject>>();
  readonly progress = new Map<string, ReplicationProgress>();
  readonly puts: RowsPut[] = [];
  readonly announced: string[] = [];
  known: Definitions = definitionsOf();
  /** Fails this many calls of putRows before they do anything. */
  failing = 0;

  definitions(): Promise<Definitions> {
    return Promise.resolve(this.known);
  }

  replicationProgress(model: string, scope: string): Promise<ReplicationProgress | undefined> {
    return Promise.resolve(this.progress.get(`${model}/${scope}`));
  }

  putRows(put: RowsPut): Promise<{ written: number; kept: number }> {
    if (this.failing > 0) {
      this.failing -= 1;
      return Promise.reject(new Error('the disk is full'));
    }
    this.puts.push(put);
    for (const row of put.rows)
      this.#table(`${put.model}/${row.scope}`).set(row.id, JSON.parse(row.json) as JsonObject);
    if (put.progress !== undefined) {
      const { scope, ...progress } = put.progress;
      this.progress.set(`${put.model}/${scope}`, progress);
    }
    return Promise.resolve({ written: put.rows.length, kept: 0 });
  }

  announce({ kind }: { kind: string }): Promise<void> {
    this.announced.push(kind);
    return Promise.resolve();
  }

  ids(model: string, scope = ''): string[] {
    return [...(this.rows.get(`${model}/${scope}`)?.keys() ?? [])];
  }

  #table(name: string): Map<string, JsonObject> {
    const table = this.rows.get(name) ?? new Map<string, JsonObject>();
    this.rows.set(name, table);
    return table;
  }
}

interface Stamped {
  id: string;
  stampMs: number;
  active?: boolean;
}

/**
 * A main's side of master-data queries, over one table: pages by `_offset` and `_limit`, active rows
 * in a full load, everything stamped after `lastUpdated` in an increment.
 */
export class FakeTable {
  rows: Stamped[] = [];
  readonly requests: JsonObject[] = [];

  answer(parameters: JsonObject, nowMs: number): Reply<JsonObject> {
    this.requests.push(parameters);
    const { lastUpdated, _offset, _limit } = parameters;
    const since = typeof lastUpdated === 'number' ? lastUpdated : null;
    const data = this.rows
      .filter(({ stampMs, active }) => (since === null ? active !== false : stampMs > since))
      .slice(Number(_offset), Number(_offset) + Number(_limit))
      .map(({ id, active = true }) => ({ id, active }));
    const endRow = Number(_offset) + data.length - 1;
    const response = { status: 0, data, startRow: 0, endRow, lastUpdated: nowMs };
    return { kind: 'answer', status: 200, body: { response } };
  }
}

export const modelOf = (name: string, parts: Partial<ModelDeclaration> = {}): ModelDeclaration => ({
  name,
  service: `master.${name}`,
  properties: { id: 'key', active: 'boolean' },
  scope: 'shared',
  order: [],
  searchable: [],
  ...parts,
});
