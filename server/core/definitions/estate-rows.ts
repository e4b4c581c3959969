import type { DefinitionFinding, HistoryModel } from '../../contract/definitions-api.ts';
import type { Definitions, User } from '../../contract/definitions.ts';
import type { Estate } from '../../contract/estate.ts';
import { ESTATE_VERSION } from '../../contract/estate.ts';
import type { Changed } from './change.ts';
import { sameRow } from './difference.ts';
import { finding } from './finding.ts';
import type { DefinitionRow, RowChange } from './rows.ts';
import { LISTS, rowOf, withRow } from './rows.ts';

/** The order in which an estate is gone through; it does not matter for the result. */
const MODELS: readonly HistoryModel[] = [
  'Organization',
  'MobileServer',
  'User',
  'Terminal',
  'Preference',
];

/** All definitions as an estate file: without secrets, without keys of servers, without master data. */
export function estateOf(definitions: Definitions): Estate {
  const { organizations, servers, users, terminals, preferences } = definitions;
  const rows = { organizations, servers, terminals, preferences };
  const lists = Object.fromEntries(
    Object.entries(rows).map(([name, list]) => [name, [...list]]),
  ) as Pick<Estate, keyof typeof rows>;
  return {
    estate: ESTATE_VERSION,
    ...lists,
    users: users.map(({ passwordHash: _password, pinHash: _pin, ...user }) => user),
    models: {},
  };
}

/** A user of an estate file, its plain secrets hashed already. Undefined hashes: as they were. */
export type EstateUser = Omit<User, 'passwordHash' | 'pinHash'> & {
  passwordHash?: string;
  pinHash?: string;
};

/**
 * What putting an estate file into force changes. Rows that it does not name stay as they are, or are
 * deactivated (`others`); a user for whom it gives no secret keeps the one that there is.
 */
export function changeToEstate(
  before: Definitions,
  estate: Omit<Estate, 'users'> & { users: readonly EstateUser[] },
  others: 'keep' | 'deactivate',
): Changed {
  const rows: RowChange[] = [];
  let after = before;
  const put = (model: HistoryModel, row: DefinitionRow): void => {
    const was = rowOf(before, model, row.id) ?? null;
    if (sameRow(was, row)) return;
    rows.push({ model, id: row.id, before: was, after: row, change: null });
    after = withRow(after, model, row);
  };
  for (const model of MODELS) {
    const named = namedRows(before, estate, model);
    for (const row of named) put(model, row);
    if (others === 'keep') continue;
    const ids = new Set(named.map(({ id }) => id));
    const current: readonly DefinitionRow[] = before[LISTS[model]];
    for (const row of current) {
      if (row.active && !ids.has(row.id)) put(model, { ...row, active: false });
    }
  }
  return { after, rows, findings: fileFindings(estate) };
}

function namedRows(
  before: Definitions,
  estate: Omit<Estate, 'users'> & { users: readonly EstateUser[] },
  model: HistoryModel,
): readonly DefinitionRow[] {
  if (model !== 'User') return estate[LISTS[model]];
  return estate.users.map((user): User => {
    const known = before.users.find(({ id }) => id === user.id);
    const passwordHash = user.passwordHash ?? known?.passwordHash ?? null;
    return { ...user, passwordHash, pinHash: user.pinHash ?? known?.pinHash ?? null };
  });
}

function fileFindings(
  estate: Omit<Estate, 'users'> & { users: readonly EstateUser[] },
): DefinitionFinding[] {
  const twice = MODELS.flatMap((model) => {
    const rows: readonly { id: string }[] = estate[LISTS[model]];
    const ids = rows.map(({ id }) => id);
    return ids
      .filter((id, index) => ids.indexOf(id) !== index)
      .map((id) => {
        const message = `The file names "${id}" twice in "${LISTS[model]}". Keep one of them.`;
        return finding({ code: 'namedTwice', model, id, field: 'id', message });
      });
  });
  if (Object.keys(estate.models).length === 0) return twice;
  const message =
    'The master data in this file (“models”) is not taken here. Import it with "backroom import" while the server is stopped.';
  return [
    ...twice,
    finding({ code: 'modelsLeftOut', severity: 'warning', field: 'models', message }),
  ];
}
