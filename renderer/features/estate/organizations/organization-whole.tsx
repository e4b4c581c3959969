import { useTranslation } from 'react-i18next';
import type {
  DefinitionsSummary,
  OrganizationNode,
  OrganizationTree,
} from '../../../../server/contract/definitions-api.ts';
import { Section } from '../../queue/section.tsx';
import { OrganizationForm } from './organization-form.tsx';
import classes from './organizations.module.css';
import { ServingList } from './serving-list.tsx';
import type { Till } from './till-draft.ts';
import { TillsOf } from './tills-of.tsx';
import { Ways } from './ways.tsx';

/** One organization: its name and place, its tills, who serves it, and where each service goes. */
export function OrganizationWhole(props: {
  node: OrganizationNode;
  tree: OrganizationTree;
  tills: readonly Till[];
  summary: DefinitionsSummary;
  onOpenTill: (till: string) => void;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const { node, tree, summary } = props;
  return (
    <div className={classes['whole']}>
      <OrganizationForm
        {...{ node, nodes: tree.organizations, below: '', summary }}
        onDone={props.onDone}
      />
      {node.active ? (
        <>
          <TillsOf
            tills={props.tills.filter(({ organization }) => organization === node.id)}
            mayChange={summary.readOnly === null}
            onOpen={props.onOpenTill}
          />
          {tree.multiServer ? null : (
            <p className="br-quiet">{t('estate.organizations.notInForce')}</p>
          )}
          <Section title={t('estate.organizations.servedBy')}>
            <ServingList servers={node.servers} />
          </Section>
          <Section title={t('estate.organizations.ways')}>
            <Ways organization={node.id} />
          </Section>
        </>
      ) : null}
    </div>
  );
}
