import { IconAlertTriangle, IconHandStop, IconInfoCircle } from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DefinitionFinding } from '../../../../server/contract/definitions-api.ts';
import { useFormat } from '../../../time.ts';
import { Moment } from '../../../ui/moment.tsx';
import type { Tone } from '../../../ui/tone.ts';
import { counted } from '../../../words.ts';
import classes from './review.module.css';
import { hardErrors, softErrors } from './use-review.ts';

/**
 * What is wrong or unwise: first what cannot be, then what needs a reason, then what to think of. What
 * was so before and is about another definition is kept out of the way.
 */
export function Findings({ findings }: { findings: readonly DefinitionFinding[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const all = findings.filter(({ severity }) => severity === 'warning');
  const elsewhere = all.filter(
    ({ change, id, model }) => change === null && id !== null && model !== 'MobileService',
  );
  const warnings = all.filter((one) => !elsewhere.includes(one));
  return (
    <>
      <Group tone="bad" icon={IconHandStop} found={hardErrors(findings)}>
        {t('estate.review.refused')}
      </Group>
      <Group tone="care" icon={IconAlertTriangle} found={softErrors(findings)}>
        {t('estate.review.forceable')}
      </Group>
      <Group tone="calm" icon={IconInfoCircle} found={warnings}>
        {t('estate.review.warnings')}
      </Group>
      {elsewhere.length === 0 ? null : (
        <details className={classes['elsewhere']}>
          <summary>
            {t(
              'estate.review.elsewhere',
              counted(elsewhere.length, format.number(elsewhere.length)),
            )}
          </summary>
          <ul lang="en">
            {elsewhere.map((one) => (
              <li key={`${one.code} ${one.message}`} className="br-break">
                {one.message}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Group(props: {
  tone: Tone;
  icon: Icon;
  found: readonly DefinitionFinding[];
  children: string;
}) {
  const { icon: Glyph } = props;
  if (props.found.length === 0) return null;
  return (
    <section className={classes['group']} data-tone={props.tone} aria-label={props.children}>
      <h3>
        <Glyph size={18} stroke={1.8} aria-hidden /> {props.children}
      </h3>
      <ul>
        {props.found.map((one) => (
          <li key={`${one.code} ${one.message}`}>
            <p className="br-break" lang="en">
              {one.message}
            </p>
            <Tills tills={one.tills} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Tills({ tills }: Pick<DefinitionFinding, 'tills'>) {
  const { t } = useTranslation();
  if (tills.length === 0) return null;
  return (
    <ul className={classes['tills']} aria-label={t('estate.review.tills')}>
      {tills.map((till) => (
        <li key={till.id}>
          <strong>{till.searchKey}</strong>
          {till.lastSeenAt === null ? null : (
            <span className="br-small">
              {' '}
              <Moment at={till.lastSeenAt} relative />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
