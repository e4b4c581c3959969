import { server, storeServer, topology } from '../estates.ts';
import { withServer } from './beyond-files.ts';
import type { WrongEstate } from './wrong-estate.ts';

const shop = storeServer('Shop', 10);

/** Servers that nobody finds, or two find. */
export const SERVERS: readonly WrongEstate[] = [
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
