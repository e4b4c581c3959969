import type { Speed } from './schedule.ts';

/** The options of `backroom replay`, as the command line gives them. */
export interface ReplayOptions {
  server?: string;
  terminal?: string[];
  user?: string;
  pin?: string;
  mainDatabase?: string;
  tills: number;
  speed: Speed;
  format?: 'lines' | 'baskets';
  header?: boolean;
  ticketColumn?: string;
  itemColumn?: string;
  dateColumn?: string;
  timeColumn?: string;
  delimiter: string;
  skipItem: string;
  json?: true;
  keep?: true;
}
