import { Button } from '@mantine/core';
import { IconBinaryTree2, IconPlus, IconPower } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'wouter';
import type {
  DefinitionsSummary,
  OrganizationNode,
} from '../../../../server/contract/definitions-api.ts';
import { organizationsQuery } from '../../../estate-queries.ts';
import { useFormat } from '../../../time.ts';
import { Card } from '../../../ui/card.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Pill } from '../../../ui/pill.tsx';
import { Problem } from '../../../ui/problem.tsx';
import { RowsSkeleton } from '../../../ui/rows-skeleton.tsx';
import table from '../../../ui/table.module.css';
import { counted } from '../../../words.ts';
import classes from './organizations.module.css';
import { PlaceDrawer } from './place-drawer.tsx';
import type { Place } from './place-drawer.tsx';
import { ServingList } from './serving-list.tsx';

/** The tree of the organizations: who serves each, in which order, and why. */
export function OrganizationsPage({ summary }: { summary: DefinitionsSummary }) {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const { data, error, refetch } = useQuery(organizationsQuery);
  const nodes = (data?.organizations ?? []).toSorted((a, b) => Number(b.active) - Number(a.active));
  const open = ({ organization, till }: Place): void =>
    setParams({ ...(organization !== null && { organization }), ...(till !== null && { till }) });
  return (
    <Card
      title={t('estate.organizations.title')}
      hint={t('estate.organizations.hint')}
      side={
        summary.readOnly === null ? (
          <Button
            leftSection={<IconPlus size={18} aria-hidden />}
            onClick={() => open({ organization: 'new', till: null })}
            size="sm"
          >
            {t('estate.organizations.new')}
          </Button>
        ) : null
      }
    >
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
                  onOpen={() => open({ organization: node.id, till: null })}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <PlaceDrawer
        place={{ organization: params.get('organization'), till: params.get('till') }}
        tree={data}
        summary={summary}
        onOpen={open}
      />
    </Card>
  );
}

function Row({ node, onOpen }: { node: OrganizationNode; onOpen: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <tr data-organization={node.id} data-active={node.active}>
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
        {node.active ? (
          <ServingList servers={node.servers} />
        ) : (
          <Pill tone="calm" icon={IconPower}>
            {t('estate.servers.inactive')}
          </Pill>
        )}
      </td>
    </tr>
  );
}
