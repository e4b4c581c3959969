import { Checkbox, TextInput } from '@mantine/core';
import { IconBuildingStore, IconPlugConnectedX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServerRow } from '../../../../server/contract/definitions-api.ts';
import type { StoreOutlook } from '../../../../server/contract/topology-api.ts';
import { Empty } from '../../../ui/empty.tsx';
import { toggled } from '../servers/picker.ts';
import classes from './check.module.css';
import { Outlooks } from './outlooks.tsx';

/** With more servers than this, one is found by its name. */
const AT_A_GLANCE = 12;

type Servers = readonly Pick<ServerRow, 'key' | 'name' | 'type'>[];

/** A choice of servers that are taken to be down, and what each store can do without them. */
export function WhatIf(props: {
  servers: Servers;
  down: readonly string[];
  onChoose: (down: string[]) => void;
  outlooks: readonly StoreOutlook[];
  /** The outlooks are those of an earlier choice. */
  isAsking: boolean;
}) {
  const { t } = useTranslation();
  const { down, outlooks } = props;
  return (
    <div className={classes['whatIf']}>
      <ServerChoice {...props} />
      <div aria-busy={props.isAsking}>
        {down.length === 0 ? (
          <Empty
            icon={IconPlugConnectedX}
            title={t('estate.check.choose')}
            body={t('estate.check.chooseBody')}
          />
        ) : outlooks.length === 0 && !props.isAsking ? (
          <Empty icon={IconBuildingStore} title={t('estate.check.noStores')} />
        ) : (
          <Outlooks outlooks={outlooks} />
        )}
      </div>
    </div>
  );
}

function ServerChoice(props: {
  servers: Servers;
  down: readonly string[];
  onChoose: (down: string[]) => void;
}) {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const { servers, down, onChoose } = props;
  const wanted = words.trim().toLowerCase();
  const shown = servers.filter(({ key, name }) => `${name} ${key}`.toLowerCase().includes(wanted));
  return (
    <fieldset className={classes['servers']}>
      <legend>{t('estate.check.servers')}</legend>
      {servers.length > AT_A_GLANCE ? (
        <TextInput
          aria-label={t('estate.check.find')}
          placeholder={t('estate.check.find')}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      ) : null}
      <div className={classes['boxes']}>
        {shown.map(({ key, name, type }) => (
          <Checkbox
            key={key}
            checked={down.includes(key)}
            onChange={() => onChoose(toggled(down, key))}
            label={name}
            description={t(`estate.type.${type}`)}
          />
        ))}
        {shown.length === 0 ? <p className="br-quiet">{t('estate.check.none')}</p> : null}
      </div>
    </fieldset>
  );
}
