import { PREFERENCES } from '../../../../server/core/definitions/preference-catalogue.ts';
import type { Severity } from '../../../../server/core/topology/finding.ts';
import type { Topology } from '../../../../server/core/topology/topology.ts';
import {
  CASH_MOVEMENT,
  CASH_UP,
  CUSTOMER,
  POS,
  TICKET,
  allBut,
  only,
  server,
  setting,
  storeServer,
  till,
  topology,
} from './estates.ts';

/** An estate in which one thing is wrong, and what the checker must say of it. */
export interface WrongEstate {
  what: string;
  rule: string;
  severity: Severity;
  topology: Topology;
  /** The counterexample, word for word. */
  story: string;
  /** Servers that the story's calls reach, step by step; not compared where it is left out. */
  reaches?: string[][];
}

const ADDRESS = `${POS}.CustomerAddrLoader`;
const shop = storeServer('Shop', 10);
const multiServer = setting('OBMOBC_MultiServerArchitecture', 'Y');
const service = (name: string, routingType: string, timeoutMs = 5_000) => ({
  ...{ name, module: 'com.example.loyalty', routingType, timeoutMs },
});

/** Sales that are lost or split. */
const LOSING: WrongEstate[] = [
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

/** Servers that nobody finds, or two find. */
const SERVERS: WrongEstate[] = [
  {
    what: 'two servers of one key',
    rule: 'duplicate-server',
    severity: 'error',
    topology: topology({
      servers: [shop, server('Central', 20), { ...server('X', 30), key: 'Central' }],
    }),
    story:
      'The program of "X" starts with the key Central and finds the row of "Central". It joins as "Central", and nobody answers for "X".',
  },
  {
    what: 'two servers of one name',
    rule: 'duplicate-server',
    severity: 'error',
    topology: topology({
      servers: [shop, server('Central', 20), server('X', 30, { name: 'central ' })],
    }),
    story:
      'A till remembers by name which server is online. Central fails, the till notes that "Central" is offline, and passes over X as well.',
  },
  {
    what: 'a store server at the address of its main',
    rule: 'duplicate-url',
    severity: 'error',
    topology: topology({
      servers: [
        storeServer('Shop', 10, { url: 'HTTPS://Central.example:443/openbravo/' }),
        server('Central', 20),
      ],
    }),
    story:
      'Shop takes a ticket and passes it on to Central at https://central.example/openbravo, which is its own address. The ticket comes back to Shop and never reaches another machine.',
  },
  {
    what: 'two store servers with one priority',
    rule: 'ambiguous-priority',
    severity: 'error',
    topology: topology({ servers: [shop, storeServer('Annex', 10), server('Central', 20)] }),
    story:
      "Till VBS-2 in Bilbao calls GetToken. Whether Annex or Shop is asked first is nobody's decision: our tills go by the key, others by the order in which the rows come.",
    reaches: [['Annex']],
  },
  {
    what: 'a priority that is no number',
    rule: 'priority-number',
    severity: 'error',
    topology: withServer({ priority: Number.NaN }),
    story:
      'A till puts its servers in order. Central is neither before nor after the others, so two tills of one store may try them in different orders.',
  },
  {
    what: 'a main that is its own reserve',
    rule: 'self-reference',
    severity: 'error',
    topology: topology({ servers: [shop, server('Central', 20, { replicatesWith: ['Central'] })] }),
    story:
      'A ticket reaches Central. Its copy was to be brought to another main, and is brought to Central: there is one copy, where two were counted on.',
  },
  {
    what: 'replication with a server that is not there',
    rule: 'self-reference',
    severity: 'error',
    topology: topology({ servers: [shop, server('Central', 20, { replicatesWith: ['Gone'] })] }),
    story:
      'A customer is created at Central. The checker was told that Gone has it too, and nothing carries it there.',
  },
  {
    what: 'a server without an address',
    rule: 'server-url',
    severity: 'error',
    topology: topology({ servers: [storeServer('Shop', 10, { url: '' }), server('Central', 20)] }),
    story:
      'A till asks for its servers. Shop is left out of the list, because a till would take an empty address for its own page; whatever only Shop offers is not there.',
  },
  {
    what: 'an address that is none',
    rule: 'server-url',
    severity: 'error',
    topology: topology({
      servers: [shop, server('Central', 20, { url: 'central.example/openbravo' })],
    }),
    story:
      'A till puts the service behind "central.example/openbravo" and calls it. The browser refuses the call, the till takes Central for offline, and it stays so.',
  },
  {
    what: 'an address without its context path',
    rule: 'server-url',
    severity: 'error',
    topology: topology({
      servers: [shop, server('Central', 20, { url: 'https://central.example' })],
    }),
    story:
      'A till calls https://central.example/org.openbravo.mobile.core…, which is a page that Central does not have. It answers 404, and the till takes it for offline.',
  },
  {
    what: 'a loopback address for other machines',
    rule: 'loopback-url',
    severity: 'error',
    topology: topology({
      servers: [
        storeServer('Shop', 10, { url: 'http://localhost:8427/openbravo' }),
        server('Central', 20),
      ],
    }),
    story:
      'A till on another machine calls http://localhost:8427/openbravo and reaches itself, where no server answers. It takes Shop for offline.',
  },
  {
    what: 'an https page and an http server',
    rule: 'mixed-content',
    severity: 'error',
    topology: topology({
      servers: [
        server('Central', 5),
        storeServer('Shop', 10, { url: 'http://192.168.1.10:8427/openbravo' }),
      ],
    }),
    story:
      'Till VBS-2 in Bilbao is opened from https://central.example/openbravo. The browser blocks each call to http://192.168.1.10:8427/openbravo, and the till takes Shop for offline, although it is up.',
  },
  {
    what: 'a server that serves nobody',
    rule: 'server-without-stores',
    severity: 'warning',
    topology: topology({
      servers: [shop, server('Central', 20), storeServer('Spare', 30, { organizations: [] })],
    }),
    story:
      'Spare runs and waits. No till has it in its list, so when another server fails, no till turns to Spare.',
  },
];

/** Services, organizations and preferences. */
const REST: WrongEstate[] = [
  {
    what: 'a service defined twice with different routing types',
    rule: 'service-defined-twice',
    severity: 'error',
    topology: topology({ services: [service(TICKET, 'Failover')] }),
    story:
      'One till reads the first definition and sends OrderLoader as Transaction, another the second and sends it as Failover. What the one brings to every main, the other brings to one of them.',
  },
  {
    what: 'a service defined twice alike',
    rule: 'service-defined-twice',
    severity: 'warning',
    topology: topology({ services: [service(TICKET, 'Transaction')] }),
    story:
      'The time that OrderLoader may take is 10 s in one definition and 5 s in the other; a till uses the one that it reads first.',
  },
  {
    what: 'a misspelt service',
    rule: 'unknown-service',
    severity: 'error',
    topology: topology({
      servers: [shop, server('Central', 20), server('Other', 30, only(`${POS}.OrdersLoader`))],
    }),
    story:
      'A till calls the service that was meant and does not find Other among those that offer it: it goes elsewhere, or nowhere.',
  },
  {
    what: 'a routing type that does not exist',
    rule: 'routing-type',
    severity: 'error',
    topology: withService('Everywhere'),
    story:
      'A till wants to call Points and does not know whether one server is to get the call or all of them.',
  },
  {
    what: 'tickets that are pinged',
    rule: 'routing-type',
    severity: 'error',
    topology: withTicketsAs('Ping'),
    story:
      'A till sends OrderLoader as a ping: to servers that are offline, and to no other. While every server is up, the record is sent to nobody.',
  },
  {
    what: 'organizations in a circle',
    rule: 'organization-tree',
    severity: 'error',
    topology: topology({
      organizations: [
        { id: 'Bilbao', name: 'Bilbao', parent: 'North' },
        { id: 'North', name: 'North', parent: 'West' },
        { id: 'West', name: 'West', parent: 'North' },
      ],
    }),
    story:
      'A server is assigned to North. It should serve those below, and each of these is below every other: all get it, whatever was meant, and none of them gets what is set at the top.',
  },
  {
    what: 'a parent that is not there',
    rule: 'organization-tree',
    severity: 'error',
    topology: topology({ organizations: [{ id: 'Bilbao', name: 'Bilbao', parent: 'East' }] }),
    story:
      'A server is assigned to the region above Bilbao. The tills in Bilbao never see it, because the way up ends at an organization that is not there.',
  },
  {
    what: 'a server for an inactive organization',
    rule: 'organization-reference',
    severity: 'warning',
    topology: topology({
      organizations: [
        { id: 'Bilbao', name: 'Bilbao', parent: null },
        { id: 'Closed', name: 'Closed', parent: null, active: false },
      ],
      servers: [
        storeServer('Shop', 10, { organizations: ['Bilbao', 'Closed'] }),
        server('Central', 20),
      ],
    }),
    story:
      'The tills that Shop was meant for are in another organization. They never see it in their list.',
  },
  {
    what: 'a till in an organization that is not there',
    rule: 'organization-reference',
    severity: 'error',
    topology: topology({ terminals: [till('VBS-2', 'Bilbao'), till('VXX-1', 'Nowhere')] }),
    story:
      'Till VXX-1 asks for its servers. It gets those of all organizations only, and none of the store where it stands.',
  },
  {
    what: 'no active store',
    rule: 'no-stores',
    severity: 'error',
    topology: topology({
      organizations: [{ id: 'Bilbao', name: 'Bilbao', parent: null, active: false }],
    }),
    story: '2 tills are defined, and none of them stands in an active organization.',
  },
  {
    what: 'a transaction that may take longer than a store server waits',
    rule: 'timeouts',
    severity: 'error',
    topology: topology({
      services: [service('com.example.loyalty.PointsLoader', 'Transaction', 60_000)],
    }),
    story:
      'A main needs 1 minute for PointsLoader. The store server gives up after 15 seconds and sends it again, and again: the main is busy with one message and the line behind it waits.',
  },
  {
    what: 'a query that waits longer than until the next ping',
    rule: 'timeouts',
    severity: 'warning',
    topology: topology({ services: [service('com.example.loyalty.Points', 'Failover', 150_000)] }),
    story:
      'Shop and Central hang. Till VBS-2 in Bilbao calls Points, waits 150 seconds for each, and before it has an answer the first counts as due again.',
    reaches: [[]],
  },
  {
    what: 'a refresh interval that is not below the age of a token',
    rule: 'refresh-interval',
    severity: 'error',
    topology: topology({
      preferences: [
        multiServer,
        setting('OBMOBC_AuthenticationTokenMaxAge', '3600000', { organization: 'North' }),
        setting('OBMOBC_RequestRouterRefreshTokenInterval', '5400000'),
      ],
    }),
    story:
      'Till VBS-2 in Bilbao is logged in at nine. After 1 hour every server refuses its token, 30 minutes before it would ask for a fresh one. The cashier is sent to the log-in in the middle of a sale.',
    reaches: [[]],
  },
  {
    what: 'a ping interval that is too long',
    rule: 'ping-interval',
    severity: 'warning',
    topology: topology({
      preferences: [multiServer, setting('OBMOBC_RequestRouterPingTimeInterval', '7200000')],
    }),
    story:
      'Shop is down for a minute. Till VBS-2 in Bilbao notices up to 2 hours later that it is back, and works without it until then.',
  },
  {
    what: 'a duration that is no number',
    rule: 'preference-value',
    severity: 'error',
    topology: topology({
      preferences: [multiServer, setting('OBMOBC_AuthenticationTokenMaxAge', '12h')],
    }),
    story:
      'The setting was meant to change something. The value is none, so every server and till goes on with 43200000.',
  },
  {
    what: 'the enablement below the system',
    rule: 'enablement-level',
    severity: 'error',
    topology: topology({
      preferences: [setting('OBMOBC_MultiServerArchitecture', 'Y', { organization: 'Bilbao' })],
    }),
    story:
      'The tills of Bilbao were to go first. They ask for their servers and get what the system says, as all others do: the setting for Bilbao changes nothing.',
  },
  {
    what: 'an owner of the definitions that is no main',
    rule: 'definitions-owner',
    severity: 'error',
    topology: topology({
      preferences: [multiServer, setting(PREFERENCES.owner, 'Shop')],
    }),
    story:
      'An administrator opens a main to change a priority. It shows the definitions read-only, because they belong to Shop, which cannot own them.',
  },
];

/** What is legal and unwise. */
const ADVICE: WrongEstate[] = [
  {
    what: 'several mains and no owner of the definitions',
    rule: 'definitions-owner',
    severity: 'advice',
    topology: topology({ servers: [shop, server('Central', 20), server('Backup', 30)] }),
    story:
      'One administrator changes a priority at Central, another at Backup. Both were allowed to, and store servers that joined the one do not hear what was changed at the other.',
  },
  {
    what: 'servers and no enablement',
    rule: 'enablement-off',
    severity: 'advice',
    topology: topology({ preferences: [] }),
    story:
      'A till asks for its servers and gets none: it works with the server that its page came from, and never turns to another of Shop and Central.',
  },
  {
    what: 'several mains without a store server',
    rule: 'legacy-clients',
    severity: 'advice',
    topology: topology({ servers: [server('Central', 20), server('Backup', 30)] }),
    story:
      'Till VBS-2 in Bilbao runs a client of the years 2016 to 2020. It hands its ticket to Central alone. A Backroom main passes it on to the others; a main that is another program does not, and they never hear of it.',
    reaches: [['Central']],
  },
  {
    what: 'only a main',
    rule: 'only-a-main',
    severity: 'advice',
    topology: topology({ servers: [server('Central', 20)] }),
    story:
      'The line of Bilbao is cut. Till VBS-2 in Bilbao sells on into its own queue and no longer reaches Central: nobody can log in, and no customer is found who is not on the till.',
  },
  {
    what: 'a store server that does not log in',
    rule: 'store-server-role',
    severity: 'advice',
    topology: topology({
      servers: [storeServer('Shop', 10, allBut('POSLoginHandler')), server('Central', 20)],
    }),
    story:
      'The line of Bilbao is cut. Till VBS-2 in Bilbao still reaches Shop, and has to do without log-in, because only a main offers that.',
  },
  {
    what: 'a store without servers',
    rule: 'store-without-servers',
    severity: 'advice',
    topology: topology({ servers: [storeServer('Elsewhere', 10, { organizations: ['Other'] })] }),
    story:
      "Till VBS-2 in Bilbao asks for its servers and gets none. It works with its page's own server alone and has no other when that fails.",
  },
  {
    what: 'an estate on one machine',
    rule: 'loopback-url',
    severity: 'advice',
    topology: topology({
      servers: [server('Central', 20, { url: 'http://127.0.0.1:8427/openbravo' })],
    }),
    story:
      'A till on another machine calls http://127.0.0.1:8427/openbravo and reaches itself, where no server answers. It takes Central for offline.',
  },
];

export const WRONG_ESTATES: readonly WrongEstate[] = [...LOSING, ...SERVERS, ...REST, ...ADVICE];

/** With values that an estate file cannot have, and definitions of another program can. */
function withServer(parts: { priority: number }): Topology {
  const before = topology();
  const servers = before.definitions.servers.map((row) =>
    row.key === 'Central' ? { ...row, ...parts } : row,
  );
  return { ...before, definitions: { ...before.definitions, servers } };
}

function withService(routingType: string): Topology {
  const before = topology();
  const strange = service('com.example.loyalty.Points', routingType);
  return { ...before, services: [...before.services, strange as Topology['services'][number]] };
}

function withTicketsAs(routingType: 'Ping' | 'Failover', before = topology()): Topology {
  const services = before.services.map((row) =>
    row.name === TICKET ? { ...row, routingType } : row,
  );
  return { ...before, services };
}
