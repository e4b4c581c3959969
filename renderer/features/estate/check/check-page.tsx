import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'wouter';
import { serversQuery, topologyQuery } from '../../../estate-queries.ts';
import { Card } from '../../../ui/card.tsx';
import { Problem } from '../../../ui/problem.tsx';
import { RowsSkeleton } from '../../../ui/rows-skeleton.tsx';
import { ProofFindings } from './proof-findings.tsx';
import { Verdict } from './verdict.tsx';
import { WhatIf } from './what-if.tsx';

/** What is proven of the definitions, what is wrong with them, and what works while servers are down. */
export function CheckPage() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const ofServers = useQuery(serversQuery);
  const servers = ofServers.data?.servers.filter(({ active }) => active);
  // An address may be older than a server's key; a key that is gone is no server that is down.
  const wanted = new Set(params.get('down')?.split(','));
  const down = servers?.map(({ key }) => key).filter((key) => wanted.has(key)) ?? [];
  const { data, error, refetch, isPlaceholderData } = useQuery({
    ...topologyQuery(down),
    enabled: servers !== undefined,
  });
  if (data === undefined || servers === undefined) {
    const failure = error ?? ofServers.error;
    return (
      <Card title={t('estate.check.title')}>
        {failure ? (
          <Problem
            error={failure}
            onAgain={() => void (servers === undefined ? ofServers : { refetch }).refetch()}
          />
        ) : (
          <RowsSkeleton rows={4} />
        )}
      </Card>
    );
  }
  return (
    <>
      <Card title={t('estate.check.title')} hint={t('estate.check.hint')}>
        <Verdict topology={data} />
        <ProofFindings findings={data.findings} />
      </Card>
      <Card title={t('estate.check.whatIf')} hint={t('estate.check.whatIfHint')}>
        <WhatIf
          servers={servers}
          down={down}
          onChoose={(keys) =>
            setParams(keys.length === 0 ? {} : { down: keys.join(',') }, { replace: true })
          }
          outlooks={data.whatIf}
          isAsking={isPlaceholderData}
        />
      </Card>
    </>
  );
}
