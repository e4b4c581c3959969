import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ServerRow } from '../../../../server/contract/definitions-api.ts';
import { toggled } from './picker.ts';
import type { PartProps } from './picker.ts';
import form from '../review/form.module.css';
import classes from './server-form.module.css';

/** The mains whose databases are kept like this one's by other means. Nothing where there are none. */
export function ReplicatesPicker(props: PartProps & { servers: readonly ServerRow[] }) {
  const { t } = useTranslation();
  const { draft, onChange } = props;
  const mains = props.servers.filter(({ type, active }) => type === 'MAIN' && active);
  if (mains.length === 0) return null;
  return (
    <fieldset className={form['part']}>
      <legend>{t('estate.field.replicatesWith')}</legend>
      <div className={classes['choices']}>
        <p className="br-quiet br-small">{t('estate.servers.replicatesHint')}</p>
        {mains.map(({ key, name }) => (
          <Checkbox
            key={key}
            checked={draft.replicatesWith.includes(key)}
            disabled={props.locked}
            label={name}
            onChange={() => onChange({ replicatesWith: toggled(draft.replicatesWith, key) })}
          />
        ))}
        {props.faults.replicatesWith === undefined ? null : (
          <p role="alert" className={form['wrong']} lang="en">
            {props.faults.replicatesWith}
          </p>
        )}
      </div>
    </fieldset>
  );
}
