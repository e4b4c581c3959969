import { allBut, server, storeServer, topology } from '../estates.ts';
import type { WrongEstate } from './wrong-estate.ts';

const shop = storeServer('Shop', 10);

/** What is legal and unwise. */
export const ADVICE: readonly WrongEstate[] = [
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
