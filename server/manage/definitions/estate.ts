import type { z } from 'zod';
import type { estateRequestSchema, UnreadEstate } from '../../contract/estate-api.ts';
import type { Estate } from '../../contract/estate.ts';
import type { EstateUser } from '../../core/definitions/estate-rows.ts';
import { changeToEstate } from '../../core/definitions/estate-rows.ts';
import type { EstateFault } from '../../core/estate/read-estate.ts';
import { readEstate } from '../../core/estate/read-estate.ts';
import type { UserCaller } from '../../security/ports.ts';
import { ManageFault } from '../fault.ts';
import type { CarriedOut } from './carry-out.ts';
import { carryOut, requireChangeable } from './carry-out.ts';
import type { Desk } from './parts.ts';

/** Faults of a file that one sentence names. */
const NAMED_FAULTS = 5;

/** Puts an estate file into force: a preview, or all of it or nothing. */
export async function applyEstate(
  desk: Desk,
  caller: UserCaller,
  request: z.output<typeof estateRequestSchema>,
): Promise<CarriedOut | { status: 400; body: UnreadEstate }> {
  requireChangeable(desk, caller);
  const { text, format, estate, others, ...manner } = request;
  if ((text === undefined) === (estate === undefined)) {
    throw new ManageFault(400, 'badInput', 'Give the file as "text" or as "estate", one of them.');
  }
  const read =
    text === undefined
      ? readEstate(JSON.stringify(estate, null, 2), 'json')
      : readEstate(text, format);
  if ('faults' in read) return { status: 400, body: unread(read.faults) };
  const named = await withHashes(desk, read.estate);
  return carryOut(desk, {
    ...manner,
    caller,
    prove: true,
    make: (before) => changeToEstate(before, named, others),
  });
}

function unread(faults: readonly EstateFault[]): UnreadEstate {
  const named = faults
    .slice(0, NAMED_FAULTS)
    .map(
      ({ path, line, message }) => `line ${line}${path === '' ? '' : `, "${path}"`}: ${message}`,
    );
  const more = faults.length > named.length ? `, and ${faults.length - named.length} more` : '';
  const message = `The estate file is not understood (${named.join('; ')}${more}). Nothing was changed.`;
  return {
    error: { code: 'badEstate', message },
    faults: faults.map(({ path, line, column, message: clause }) => ({
      ...{ path, line, column },
      message: clause,
    })),
  };
}

async function withHashes(
  desk: Desk,
  estate: Estate,
): Promise<Omit<Estate, 'users'> & { users: EstateUser[] }> {
  const users = await Promise.all(
    estate.users.map(async ({ password, pin, ...user }) => ({
      ...user,
      ...(password !== undefined && { passwordHash: await desk.passwords.hash(password) }),
      ...(pin !== undefined && { pinHash: await desk.passwords.hash(pin) }),
    })),
  );
  return { ...estate, users };
}
