import { ADVICE } from './wrong/advice.ts';
import { LOSING } from './wrong/losing.ts';
import { REST } from './wrong/rest.ts';
import { SERVERS } from './wrong/servers.ts';
import type { WrongEstate } from './wrong/wrong-estate.ts';

/** Every wrong estate: at least one for each rule. */
export const WRONG_ESTATES: readonly WrongEstate[] = [...LOSING, ...SERVERS, ...REST, ...ADVICE];
