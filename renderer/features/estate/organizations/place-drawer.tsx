import { Button, Drawer } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type {
  DefinitionsSummary,
  OrganizationTree,
} from '../../../../server/contract/definitions-api.ts';
import { terminalsQuery } from '../../../estate-queries.ts';
import { RowsSkeleton } from '../../../ui/rows-skeleton.tsx';
import { useLast } from '../../../ui/use-last.ts';
import { NO_LANDMARK } from '../../../ui/window.ts';
import form from '../review/form.module.css';
import { OrganizationForm } from './organization-form.tsx';
import { OrganizationWhole } from './organization-whole.tsx';
import { TillForm } from './till-form.tsx';

/** What is open over the list: an organization, or one of its tills; `new` for one that is to be made. */
export interface Place {
  organization: string | null;
  till: string | null;
}

/** An organization with everything that belongs to it, or one of its tills. */
export function PlaceDrawer(props: {
  place: Place;
  tree: OrganizationTree | undefined;
  summary: DefinitionsSummary;
  onOpen: (place: Place) => void;
}) {
  const { t } = useTranslation();
  const { tree, summary, onOpen } = props;
  const isOpen = props.place.organization !== null || props.place.till !== null;
  const place = useLast(isOpen ? props.place : null);
  const tills = useQuery(terminalsQuery).data?.terminals;
  const nodes = tree?.organizations ?? [];
  const till = tills?.find(({ id }) => id === place?.till);
  const at = till?.organization ?? place?.organization ?? null;
  const node = nodes.find(({ id }) => id === at);
  const close = (): void => onOpen({ organization: null, till: null });
  const back = (): void => onOpen({ organization: at, till: null });
  const title =
    place?.till === 'new'
      ? t('estate.tills.new')
      : (till?.name ??
        (place?.organization === 'new' ? t('estate.organizations.new') : (node?.name ?? '')));
  const body = () => {
    if (tree === undefined || tills === undefined) return <RowsSkeleton rows={8} />;
    if (place?.till != null && (till !== undefined || place.till === 'new')) {
      const known = { till, tills, nodes, summary, organization: at ?? '' };
      return <TillForm key={place.till} {...known} onDone={back} />;
    }
    if (place?.organization === 'new') {
      const root = nodes.find(({ active, depth }) => active && depth === 0);
      return (
        <OrganizationForm
          {...{ node: undefined, nodes, summary, below: root?.id ?? '' }}
          onDone={(id) => onOpen({ organization: id ?? null, till: null })}
        />
      );
    }
    if (node === undefined || place?.till != null) {
      return <p role="alert">{t('estate.organizations.gone')}</p>;
    }
    return (
      <OrganizationWhole
        key={node.id}
        node={node}
        tree={tree}
        tills={tills}
        summary={summary}
        onOpenTill={(id) => onOpen({ organization: node.id, till: id })}
        onDone={close}
      />
    );
  };
  return (
    <Drawer
      opened={isOpen}
      onClose={close}
      position="right"
      size="42rem"
      title={title}
      closeButtonProps={{ 'aria-label': t('queue.entry.close') }}
      attributes={NO_LANDMARK}
      classNames={{ title: form['title'] ?? '' }}
    >
      {place?.till == null || node === undefined ? null : (
        <Button
          variant="subtle"
          size="compact-sm"
          mb="sm"
          leftSection={<IconArrowLeft size={16} aria-hidden />}
          onClick={back}
        >
          {node.name}
        </Button>
      )}
      {place === null ? null : body()}
    </Drawer>
  );
}
