import { PREFERENCES } from '../../../../../server/core/definitions/preference-catalogue.ts';
import { POS, TICKET, only, server, setting, storeServer, till, topology } from '../estates.ts';
import { withService, withTicketsAs } from './beyond-files.ts';
import type { WrongEstate } from './wrong-estate.ts';

const shop = storeServer('Shop', 10);
const multiServer = setting('OBMOBC_MultiServerArchitecture', 'Y');
const service = (name: string, routingType: string, timeoutMs = 5_000) => ({
  ...{ name, module: 'com.example.loyalty', routingType, timeoutMs },
});

/** Services, organizations and preferences. */
export const REST: readonly WrongEstate[] = [
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
    what: 'a refresh interval that is wrong for one till only',
    rule: 'refresh-interval',
    severity: 'error',
    topology: topology({
      preferences: [
        multiServer,
        setting('OBMOBC_RequestRouterRefreshTokenInterval', '43200000', { terminal: 'T-VBS-3' }),
      ],
    }),
    story:
      'Till VBS-3 in Bilbao is logged in at nine. After 12 hours every server refuses its token, at the moment at which it would ask for a fresh one. The cashier is sent to the log-in in the middle of a sale.',
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
