import type { Query } from '../sql.ts';
import type { Work } from './work.ts';

const RELEASE: Query = { text: `UPDATE delivery SET state = 'waiting' WHERE state = 'claimed'` };
const RELEASE_LANES: Query = {
  text: `UPDATE lane SET waiting = waiting + claimed, claimed = 0, blocked = 0
    WHERE claimed > 0 OR blocked = 1`,
};

/**
 * Puts claimed deliveries back in line after a start. Their attempts stay unfinished: two of them in a
 * row are the mark of a message that kills its sender.
 */
export async function releaseClaims({ sql }: Work): Promise<number> {
  const released = await sql.run(RELEASE);
  await sql.run(RELEASE_LANES);
  return released;
}
