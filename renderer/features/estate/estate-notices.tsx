import { IconLock, IconRoute } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { DefinitionsSummary } from '../../../server/contract/definitions-api.ts';
import { serversQuery } from '../../estate-queries.ts';
import classes from './estate.module.css';

/** What one must know before reading on: who may change this where, and whether it is in force. */
export function EstateNotices({ summary }: { summary: DefinitionsSummary }) {
  const { t } = useTranslation();
  const { readOnly, multiServer, owner } = summary;
  return (
    <>
      {readOnly === null ? null : (
        <Notice icon={IconLock}>
          {readOnly.code === 'administrator' ? (
            t('estate.readOnly.administrator')
          ) : (
            <>
              {t('estate.readOnly.notOwner', { owner: owner.name })} <OwnerLink owner={owner.key} />
            </>
          )}
        </Notice>
      )}
      {multiServer.operational ? null : (
        <Notice icon={IconRoute}>
          {t(multiServer.enabled ? 'estate.multiServer.noServer' : 'estate.multiServer.off')}{' '}
          {multiServer.enabled || readOnly !== null ? null : (
            <Link href="/estate/preferences">{t('estate.multiServer.switch')}</Link>
          )}
        </Notice>
      )}
    </>
  );
}

function Notice({ icon: Glyph, children }: { icon: Icon; children: ReactNode }) {
  return (
    <div className={classes['notice']} role="note">
      <Glyph size={20} stroke={1.8} aria-hidden />
      <p>{children}</p>
    </div>
  );
}

function OwnerLink({ owner }: { owner: string }) {
  const { t } = useTranslation();
  const url = useQuery(serversQuery).data?.servers.find(({ key }) => key === owner)?.url ?? '';
  if (!URL.canParse(url)) return null;
  return <a href={`${new URL(url).origin}/manage/estate`}>{t('estate.readOnly.go')}</a>;
}
