import { IconAlertTriangle, IconBulb, IconHandStop } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TopologyFinding } from '../../../../server/contract/topology-api.ts';
import { useFormat } from '../../../time.ts';
import { Pill } from '../../../ui/pill.tsx';
import type { Look } from '../../../words.ts';
import { counted } from '../../../words.ts';
import classes from './check.module.css';
import { FirstRows } from './first-rows.tsx';

/** Findings of a severity that are shown before one asks for all of them. */
const MOST_FINDINGS = 50;

const SEVERITIES = ['error', 'warning', 'advice'] as const;
const LOOK: Record<TopologyFinding['severity'], Look> = {
  error: { tone: 'bad', icon: IconHandStop },
  warning: { tone: 'care', icon: IconAlertTriangle },
  advice: { tone: 'busy', icon: IconBulb },
};

/** What was found, the worst first, each with what would happen in a shop and how to mend it. */
export function ProofFindings({ findings }: { findings: readonly TopologyFinding[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return SEVERITIES.map((severity) => {
    const found = findings.filter((finding) => finding.severity === severity);
    if (found.length === 0) return null;
    const title = t(`estate.check.severity.${severity}`);
    return (
      <section key={severity} className={classes['part']} aria-label={title}>
        <div className={classes['head']}>
          <h3>{title}</h3>
          <Pill {...LOOK[severity]}>{format.number(found.length)}</Pill>
          <span className="br-quiet br-small">{t(`estate.check.meaning.${severity}`)}</span>
        </div>
        <FirstRows
          rows={found}
          most={MOST_FINDINGS}
          row={(finding) => (
            <Finding key={`${finding.rule} ${finding.message}`} finding={finding} />
          )}
          offer={(rest) => t('estate.check.showFindings', counted(rest, format.number(rest)))}
        />
      </section>
    );
  });
}

function Finding({ finding }: { finding: TopologyFinding }) {
  const { t } = useTranslation();
  const { rule, severity, message, story, mend } = finding;
  return (
    <li className={classes['finding']} data-rule={rule} data-tone={LOOK[severity].tone}>
      <p className="br-break" lang="en">
        <strong>{message}</strong>
      </p>
      <dl>
        <dt>{t('estate.check.story')}</dt>
        <dd className="br-break" lang="en">
          {story}
        </dd>
        <dt>{t('estate.check.mend')}</dt>
        <dd className="br-break" lang="en">
          {mend}
        </dd>
      </dl>
    </li>
  );
}
