import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { organizationsQuery, serversQuery, terminalsQuery } from '../../../estate-queries.ts';
import type { Holder } from './holder.ts';

/** How the holder of a preference is called. */
export function useHolderWords(): (holder: Holder) => string {
  const { t } = useTranslation();
  const organizations = useQuery(organizationsQuery).data?.organizations ?? [];
  const terminals = useQuery(terminalsQuery).data?.terminals ?? [];
  return ({ level, id }) => {
    switch (level) {
      case 'system':
        return t('estate.level.system');
      case 'client':
        return t('estate.level.client', { name: id });
      case 'organization':
        return organizations.find((row) => row.id === id)?.name ?? id;
      case 'terminal':
        return terminals.find((row) => row.id === id)?.name ?? id;
    }
  };
}

/** The name of a server by its key. */
export function useServerName(): (key: string) => string {
  const servers = useQuery(serversQuery).data?.servers ?? [];
  return (key) => servers.find((row) => row.key === key)?.name ?? key;
}
