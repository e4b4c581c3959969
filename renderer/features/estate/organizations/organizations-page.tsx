import { IconBinaryTree2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'wouter';
import type { OrganizationNode } from '../../../../server/contract/definitions-api.ts';
import { organizationsQuery } from '../../../estate-queries.ts';
import { useFormat } from '../../../time.ts';
import { Card } from '../../../ui/card.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Problem } from '../../../ui/problem.tsx';
import { RowsSkeleton } from '../../../ui/rows-skeleton.tsx';
import table from '../../../ui/table.module.css';
import { counted } from '../../../words.ts';
import classes from './organizations.module.css';
import { RoutesDrawer } from './routes-drawer.tsx';
import { ServingList } from './serving-list.tsx';

/** The tree of the organizations: who serves each, in which order, and why. */
export function OrganizationsPage() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const { data, error, refetch } = useQuery(organizationsQuery);
  const wanted = params.get('organization');
  const nodes = data?.organizations.filter(({ active }) => active) ?? [];
  return (
    <Card title={t('estate.organizations.title')} hint={t('estate.organizations.hint')}>
      {data === undefined ? (
        error ? (
          <Problem error={error} onAgain={() => void refetch()} />
        ) : (
          <RowsSkeleton rows={5} />
        )
      ) : nodes.length === 0 ? (
        <Empty
          icon={IconBinaryTree2}
          title={t('estate.organizations.empty')}
          body={t('estate.organizations.emptyBody')}
        />
      ) : (
        <div className={table['scroll']}>
          <table className={table['table']} aria-label={t('estate.organizations.title')}>
            <thead>
              <tr>
                <th scope="col">{t('estate.organizations.organization')}</th>
                <th scope="col" className={`${table['end'] ?? ''} ${table['wide'] ?? ''}`}>
                  {t('estate.organizations.tills')}
                </th>
                <th scope="col">{t('estate.organizations.servedBy')}</th>
              </tr>
            </thead>
            <tbody>
              {nodes.map((node) => (
                <Row
                  key={node.id}
                  node={node}
                  onOpen={() => setParams({ organization: node.id })}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <RoutesDrawer
        node={nodes.find(({ id }) => id === wanted)}
        multiServer={data?.multiServer ?? false}
        onClose={() => setParams({})}
      />
    </Card>
  );
}

function Row({ node, onOpen }: { node: OrganizationNode; onOpen: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <tr data-organization={node.id}>
      <th scope="row" className={classes['node']}>
        <span
          className={classes['name']}
          style={{ '--depth': node.depth } as CSSProperties}
          data-depth={node.depth}
        >
          <button
            type="button"
            className={classes['open']}
            onClick={onOpen}
            aria-label={t('estate.organizations.open', { name: node.name })}
          >
            {node.name}
          </button>
        </span>
      </th>
      <td className={`${table['end'] ?? ''} ${table['wide'] ?? ''} ${classes['node'] ?? ''}`}>
        {node.tills === 0 ? (
          <span className="br-quiet">–</span>
        ) : (
          <>
            <span aria-hidden>{format.number(node.tills)}</span>
            <span className="br-hidden">
              {t('estate.tillCount', counted(node.tills, format.number(node.tills)))}
            </span>
          </>
        )}
      </td>
      <td>
        <ServingList servers={node.servers} />
      </td>
    </tr>
  );
}
