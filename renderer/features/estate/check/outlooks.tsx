import {
  IconAlertTriangle,
  IconCircleCheck,
  IconHandStop,
  IconQuestionMark,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Outlook, StoreOutlook } from '../../../../server/contract/topology-api.ts';
import { useFormat } from '../../../time.ts';
import { Pill } from '../../../ui/pill.tsx';
import type { Look } from '../../../words.ts';
import { counted } from '../../../words.ts';
import classes from './check.module.css';
import { FirstRows } from './first-rows.tsx';
import { ABILITIES, groupOutlooks } from './outlook-groups.ts';
import type { OutlookGroup } from './outlook-groups.ts';

/** Groups that are shown before one asks for all of them. */
const MOST_GROUPS = 20;
/** Stores that are named where the same is said of several. */
const MOST_NAMES = 8;

const LOOK: Record<Outlook['works'], Look> = {
  yes: { tone: 'good', icon: IconCircleCheck },
  partly: { tone: 'care', icon: IconAlertTriangle },
  no: { tone: 'bad', icon: IconHandStop },
  unknown: { tone: 'calm', icon: IconQuestionMark },
};

/** What still works at each store, for how long and why; stores that are alike stand together. */
export function Outlooks({ outlooks }: { outlooks: readonly StoreOutlook[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <FirstRows
      rows={groupOutlooks(outlooks)}
      most={MOST_GROUPS}
      row={(group) => <Group key={group.stores[0]?.id} group={group} />}
      offer={(rest) => t('estate.check.showAll', counted(rest, format.number(rest)))}
    />
  );
}

function Group({ group }: { group: OutlookGroup }) {
  const { t } = useTranslation();
  const format = useFormat();
  const names = group.stores.map(({ name }) => name);
  const more = names.length - MOST_NAMES;
  return (
    <li className={classes['outlook']}>
      <h3 className="br-break">
        {more > 0 ? names.slice(0, MOST_NAMES).join(', ') : format.list(names)}
        {more > 0 ? ` ${t('estate.check.more', counted(more, format.number(more)))}` : null}
      </h3>
      <dl className={classes['abilities']}>
        {ABILITIES.map((ability) => (
          <Ability
            key={ability}
            name={t(`estate.check.ability.${ability}`)}
            outlook={group.outlook[ability]}
          />
        ))}
      </dl>
    </li>
  );
}

function Ability({ name, outlook }: { name: string; outlook: Outlook }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { works, reason, forMs } = outlook;
  return (
    <div data-works={works}>
      <dt>{name}</dt>
      <dd>
        <Pill {...LOOK[works]}>{t(`estate.check.works.${works}`)}</Pill>
        {forMs === null ? null : <p>{t('estate.check.forAtMost', { span: format.span(forMs) })}</p>}
        <p className="br-quiet br-small br-break" lang="en">
          {reason}
        </p>
      </dd>
    </div>
  );
}
