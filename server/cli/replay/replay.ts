import type { Speed } from './schedule.ts';

/** The options of `backroom replay`. */
export interface ReplayOptions {
  server?: string;
  terminal?: string[];
  user?: string;
  pin?: string;
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
