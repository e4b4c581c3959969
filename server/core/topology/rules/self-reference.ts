import type { MobileServer } from '../../../contract/definitions.ts';
import type { Fault } from '../finding.ts';
import type { Rule } from '../rule.ts';
import type { Survey } from '../store-view.ts';

/** Replication is declared between different mains that are defined. */
export const selfReference: Rule = {
  name: 'self-reference',
  check: (survey) =>
    survey.topology.definitions.servers.flatMap((server) =>
      (server.replicatesWith ?? []).flatMap((key) => faultOf(survey, server, key) ?? []),
    ),
};

function faultOf(survey: Survey, server: MobileServer, key: string): Fault | undefined {
  const fault = { severity: 'error', servers: [server.key] } as const;
  if (key === server.key) {
    return {
      ...fault,
      message: `${server.name} points at itself: it is to be kept like ${key}, which is its own key.`,
      story: `A ticket reaches ${server.name}. Its copy was to be brought to another main, and is brought to ${server.name}: there is one copy, where two were counted on.`,
      mend: 'Name the key of the other main.',
    };
  }
  const twin = survey.server(key);
  if (twin !== undefined && twin.type === 'MAIN' && server.type === 'MAIN') return undefined;
  return {
    ...fault,
    servers: twin === undefined ? [server.key] : [server.key, key],
    message: `${server.name} is to be kept like ${key}, ${twin === undefined ? 'which is not defined' : 'and not both are main servers'}.`,
    story: `A customer is created at ${server.name}. The checker was told that ${key} has it too, and nothing carries it there.`,
    mend: 'Name mains of this estate whose databases are really kept alike.',
  };
}
