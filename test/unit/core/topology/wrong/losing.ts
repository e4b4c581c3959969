import {
  CASH_MOVEMENT,
  CASH_UP,
  CUSTOMER,
  POS,
  TICKET,
  allBut,
  only,
  server,
  storeServer,
  topology,
} from '../estates.ts';
import { withTicketsAs } from './beyond-files.ts';
import type { WrongEstate } from './wrong-estate.ts';

const shop = storeServer('Shop', 10);
const ADDRESS = `${POS}.CustomerAddrLoader`;

/** Sales that are lost or split. */
export const LOSING: readonly WrongEstate[] = [
  {
    what: 'customers go to one main and tickets to another',
    rule: 'same-mains',
    severity: 'error',
    topology: topology({
      servers: [
        shop,
        server('Central', 20, allBut(TICKET, CASH_UP, CASH_MOVEMENT, `${POS}.CancelLayawayLoader`)),
        server('Backup', 30, allBut(CUSTOMER, ADDRESS)),
      ],
    }),
    story:
      'Till VBS-2 in Bilbao creates a customer: the customer goes through Shop to Central. It sells to the customer: the ticket goes through Shop to Backup. Backup never hears of the customer.',
    reaches: [['Central'], ['Backup']],
  },
  {
    what: 'cash-ups go to a main that gets no tickets',
    rule: 'same-mains',
    severity: 'error',
    topology: topology({
      servers: [shop, server('Central', 20), server('Books', 30, only(CASH_UP, CASH_MOVEMENT))],
    }),
    story:
      'Till VBS-2 in Bilbao sells to the customer: the ticket goes through Shop to Central. It counts the drawer in the evening: the cash-up goes through Shop to Central and Books. Books never hears of the ticket.',
    reaches: [['Central'], ['Central', 'Books']],
  },
  {
    what: 'cash movements stay away from the main of the cash-ups',
    rule: 'same-mains',
    severity: 'error',
    topology: topology({
      servers: [
        server('Central', 20, allBut(CASH_MOVEMENT)),
        server('Cash', 30, only(CASH_MOVEMENT)),
      ],
    }),
    story:
      'Till VBS-2 in Bilbao puts change into the drawer: the cash movement goes to Cash. It counts the drawer in the evening: the cash-up goes to Central. Central never hears of the cash movement.',
    reaches: [['Cash'], ['Central']],
  },
  {
    what: 'a main serves another region',
    rule: 'main-reachable',
    severity: 'error',
    topology: topology({
      organizations: [
        { id: '0', name: 'Casa Verde', parent: null },
        { id: 'North', name: 'North', parent: '0' },
        { id: 'South', name: 'South', parent: '0' },
        { id: 'Bilbao', name: 'Bilbao', parent: 'North' },
      ],
      servers: [shop, server('Central', 20, { allOrganizations: false, organizations: ['South'] })],
    }),
    story:
      'Till VBS-2 in Bilbao sells to the customer: the ticket stays at Shop. There it waits for a main that never comes: it is never safe.',
    reaches: [[]],
  },
  {
    what: 'nobody takes cash-ups',
    rule: 'main-reachable',
    severity: 'error',
    topology: topology({ servers: [server('Central', 20, allBut(CASH_UP))] }),
    story:
      'Till VBS-2 in Bilbao counts the drawer in the evening: the cash-up goes nowhere. It stays in the till and is lost with it.',
    reaches: [[]],
  },
  {
    what: 'nobody logs in',
    rule: 'service-without-server',
    severity: 'error',
    topology: topology({ servers: [server('Central', 20, allBut('POSLoginHandler'))] }),
    story:
      'Till VBS-2 in Bilbao logs a cashier in. It knows Central, and none of them offers that: nobody can sell.',
    reaches: [[]],
  },
  {
    what: 'tickets go to one of two mains that are not kept alike',
    rule: 'fail-over-splits',
    severity: 'warning',
    topology: withTicketsAs(
      'Failover',
      topology({ servers: [server('Central', 20), server('Backup', 30)] }),
    ),
    story:
      'Central is up: Till VBS-2 in Bilbao sells to the customer, and the ticket goes to Central. Central goes down: the next ticket goes to Backup, which has not heard of the one before. Only when Central is back does it have both; Backup never does.',
    reaches: [['Central'], ['Backup']],
  },
  {
    what: 'a second main gets tickets and no cash-ups',
    rule: 'incomplete-books',
    severity: 'warning',
    topology: topology({
      servers: [shop, server('Central', 20), server('Archive', 30, allBut(CASH_UP))],
    }),
    story:
      'Till VBS-2 in Bilbao sells to the customer: the ticket goes to Central and Archive. It counts the drawer in the evening: the cash-up goes to Central only. The books of Archive stay incomplete.',
    reaches: [['Central', 'Archive'], ['Central']],
  },
];
