import { IconAlertTriangle, IconBulb, IconHandStop, IconShieldCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ForeseenProof, TopologyFinding } from '../../../../server/contract/topology-api.ts';
import { useFormat } from '../../../time.ts';
import type { Look } from '../../../words.ts';
import { counted } from '../../../words.ts';
import classes from './review.module.css';

const LOOK: Record<TopologyFinding['severity'], Look> = {
  error: { tone: 'bad', icon: IconHandStop },
  warning: { tone: 'care', icon: IconAlertTriangle },
  advice: { tone: 'calm', icon: IconBulb },
};

/** What the checker would find afterwards that it does not find now, in the colour of the worst. */
export function ProofNews({ proof }: { proof: ForeseenProof }) {
  const { t } = useTranslation();
  const format = useFormat();
  const worst = proof.findings[0];
  const { tone, icon: Glyph } =
    worst === undefined ? { tone: 'calm', icon: IconShieldCheck } : LOOK[worst.severity];
  const rest = proof.fresh - proof.findings.length;
  return (
    <section className={classes['group']} data-tone={tone} aria-label={t('estate.review.proof')}>
      <h3>
        <Glyph size={18} stroke={1.8} aria-hidden /> {t('estate.review.proof')}
      </h3>
      <p>
        {worst === undefined
          ? t('estate.review.proofSame')
          : t('estate.review.proofNew', counted(proof.fresh, format.number(proof.fresh)))}
      </p>
      {worst === undefined ? null : (
        <ul lang="en">
          {proof.findings.map(({ rule, message, story }) => (
            <li key={`${rule} ${message}`} data-rule={rule}>
              <p className="br-break">{message}</p>
              <p className="br-break br-small">{story}</p>
            </li>
          ))}
        </ul>
      )}
      {rest > 0 ? <p>{t('estate.review.proofMore', counted(rest, format.number(rest)))}</p> : null}
    </section>
  );
}
