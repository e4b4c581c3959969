const COUNTEREXAMPLES = 'counterexamples.test.ts';
const DEFINITIONS = 'played-definitions.test.ts';
const BROWSER = 'played-in-browser.test.ts';
const INTERVALS = 'till-intervals.test.ts';
const REFUSED = 'refused-estates.test.ts';

/**
 * Where the story of each wrong estate of the checker's tests is shown with real servers: played, so
 * that its loss is seen, or refused by a real main, so that no server comes to run with it.
 */
export const REPLAYS: Readonly<Record<string, string>> = {
  // Sales that are lost or split.
  'customers go to one main and tickets to another': COUNTEREXAMPLES,
  'cash-ups go to a main that gets no tickets': COUNTEREXAMPLES,
  'cash movements stay away from the main of the cash-ups': COUNTEREXAMPLES,
  'a main serves another region': COUNTEREXAMPLES,
  'nobody takes cash-ups': COUNTEREXAMPLES,
  'nobody logs in': COUNTEREXAMPLES,
  'tickets go to one of two mains that are not kept alike': COUNTEREXAMPLES,
  'a second main gets tickets and no cash-ups': COUNTEREXAMPLES,
  // Servers that nobody finds, or two find.
  'two servers of one key': REFUSED,
  'two servers of one name': REFUSED,
  'a store server at the address of its main': REFUSED,
  'two store servers with one priority': DEFINITIONS,
  'a priority that is no number': REFUSED,
  'a main that is its own reserve': DEFINITIONS,
  'replication with a server that is not there': DEFINITIONS,
  'a server without an address': COUNTEREXAMPLES,
  'an address that is none': REFUSED,
  'an address without its context path': COUNTEREXAMPLES,
  'a loopback address for other machines': BROWSER,
  'an https page and an http server': BROWSER,
  'a server that serves nobody': COUNTEREXAMPLES,
  // Services, organizations and preferences.
  'a service defined twice with different routing types': DEFINITIONS,
  'a service defined twice alike': DEFINITIONS,
  'a misspelt service': COUNTEREXAMPLES,
  'a routing type that does not exist': REFUSED,
  'tickets that are pinged': DEFINITIONS,
  'organizations in a circle': REFUSED,
  'a parent that is not there': REFUSED,
  'a server for an inactive organization': DEFINITIONS,
  'a till in an organization that is not there': COUNTEREXAMPLES,
  'no active store': DEFINITIONS,
  'a transaction that may take longer than a store server waits': DEFINITIONS,
  'a query that waits longer than until the next ping': DEFINITIONS,
  'a refresh interval that is not below the age of a token': REFUSED,
  'a refresh interval that is wrong for one till only': REFUSED,
  'a ping interval that is too long': INTERVALS,
  'a duration that is no number': REFUSED,
  'the enablement below the system': COUNTEREXAMPLES,
  'an owner of the definitions that is no main': REFUSED,
  // What is legal and unwise.
  'several mains and no owner of the definitions': DEFINITIONS,
  'servers and no enablement': COUNTEREXAMPLES,
  'several mains without a store server': DEFINITIONS,
  'only a main': COUNTEREXAMPLES,
  'a store server that does not log in': COUNTEREXAMPLES,
  'a store without servers': DEFINITIONS,
  'an estate on one machine': BROWSER,
};
