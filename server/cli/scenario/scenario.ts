import type { z } from 'zod';
import type { mobileServerSchema } from '../../contract/definitions.ts';
import type { Estate } from '../../contract/estate.ts';

/** A server of a scenario: its row of the definitions, without what is known only when it runs. */
export type PlannedServer = Omit<z.input<typeof mobileServerSchema>, 'id' | 'url'>;

/** Something that happens while the tills sell. */
export type Step = ServerStep | TillStep;

export type ServerStep =
  /** SIGKILL. */
  | { do: 'kill'; server: string }
  /** The start of a killed server on its old folder. */
  | { do: 'restore'; server: string }
  /** SIGSTOP: it takes connections and answers nothing. */
  | { do: 'freeze'; server: string }
  | { do: 'thaw'; server: string }
  /** A price is changed in the master data of a main that is down. */
  | { do: 'reprice'; server: string }
  /** The server has the new price; nobody brought it there but the servers themselves. */
  | { do: 'learn'; server: string };

export type TillStep =
  /** SIGKILL to a till: what it handed over must reach the mains without it. */
  | { do: 'crash'; till: string }
  /** Its start on its old folder, once every main has all that it had handed over. */
  | { do: 'reopen'; till: string };

/** An estate of real processes, and what happens to it. When the last step is done everything runs. */
export interface Scenario {
  name: string;
  title: string;
  /** The first one is the main whose definitions and master data the others replicate. */
  servers: readonly [PlannedServer, ...PlannedServer[]];
  /** Tills by search key, each with the key of the server that its page comes from. */
  tills: Readonly<Record<string, string>>;
  steps: readonly Step[];
  /** Changes the demo shop's estate beyond its servers. */
  reshape?: (estate: Estate) => Estate;
}
