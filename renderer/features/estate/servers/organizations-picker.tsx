import { Checkbox, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrganizationNode } from '../../../../server/contract/definitions-api.ts';
import { organizationsQuery } from '../../../estate-queries.ts';
import { useFormat } from '../../../time.ts';
import { counted } from '../../../words.ts';
import { toggled } from './picker.ts';
import type { PartProps } from './picker.ts';
import form from '../review/form.module.css';
import classes from './server-form.module.css';

/** Whom the server serves: everybody, or chosen organizations with everything below them. */
export function OrganizationsPicker({ draft, faults, locked, onChange }: PartProps) {
  const { t } = useTranslation();
  const { data } = useQuery(organizationsQuery);
  const nodes = data?.organizations.filter(({ active }) => active) ?? [];
  const fault = faults.organizations ?? faults.allOrganizations;
  return (
    <fieldset className={form['part']}>
      <legend>{t('estate.field.organizations')}</legend>
      <div className={classes['choices']}>
        <SegmentedControl
          aria-label={t('estate.field.organizations')}
          value={draft.allOrganizations ? 'all' : 'some'}
          onChange={(value) => onChange({ allOrganizations: value === 'all' })}
          readOnly={locked}
          data={[
            { value: 'all', label: t('estate.servers.orgAll') },
            { value: 'some', label: t('estate.servers.orgSome') },
          ]}
        />
        {draft.allOrganizations ? null : (
          <>
            <p className="br-quiet br-small">{t('estate.servers.orgHint')}</p>
            <ul className={classes['list']} tabIndex={-1}>
              {nodes.map((node) => (
                <Node
                  key={node.id}
                  node={node}
                  above={chosenAbove(node, nodes, draft.organizations)}
                  chosen={draft.organizations.includes(node.id)}
                  locked={locked}
                  onToggle={() =>
                    onChange({ organizations: toggled(draft.organizations, node.id) })
                  }
                />
              ))}
            </ul>
          </>
        )}
        {fault === undefined ? null : (
          <p role="alert" className={form['wrong']} lang="en">
            {fault}
          </p>
        )}
      </div>
    </fieldset>
  );
}

function Node(props: {
  node: OrganizationNode;
  /** The name of the chosen organization through which it is served already. */
  above: string | undefined;
  chosen: boolean;
  locked: boolean;
  onToggle: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { node, above, chosen } = props;
  const tills = t('estate.tillCount', counted(node.tills, format.number(node.tills)));
  const through = above === undefined ? null : t('estate.servers.through', { name: above });
  return (
    <li className={classes['node']} style={{ '--depth': node.depth } as CSSProperties}>
      <Checkbox
        checked={chosen || above !== undefined}
        disabled={props.locked || (above !== undefined && !chosen)}
        onChange={props.onToggle}
        label={node.name}
        description={[node.tills > 0 ? tills : null, through].filter(Boolean).join(' · ')}
      />
    </li>
  );
}

/** The nearest chosen organization above a node. */
function chosenAbove(
  node: OrganizationNode,
  nodes: readonly OrganizationNode[],
  chosen: readonly string[],
): string | undefined {
  const seen = new Set([node.id]);
  let parent = nodes.find(({ id }) => id === node.parent);
  while (parent !== undefined && !seen.has(parent.id)) {
    if (chosen.includes(parent.id)) return parent.name;
    seen.add(parent.id);
    const next = parent.parent;
    parent = nodes.find(({ id }) => id === next);
  }
  return undefined;
}
