import { IconHandStop, IconShieldCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Topology } from '../../../../server/contract/topology-api.ts';
import { useFormat } from '../../../time.ts';
import { Empty } from '../../../ui/empty.tsx';
import { counted } from '../../../words.ts';
import classes from './check.module.css';

/** Whether the estate is sound, and what that was proven for. */
export function Verdict({ topology }: { topology: Topology }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { errors, findings, looked } = topology;
  const written = (n: number) => counted(n, format.number(n));
  const proven = t('estate.check.provenBody', {
    rules: format.number(looked.rules),
    stores: t('estate.check.stores', written(looked.stores)),
    services: t('estate.check.services', written(looked.services)),
  });
  return (
    <div role="status" className={classes['verdict']} data-errors={errors}>
      {errors > 0 ? (
        <Empty icon={IconHandStop} title={t('estate.check.failed', written(errors))} />
      ) : (
        <Empty
          icon={IconShieldCheck}
          title={t('estate.check.proven')}
          body={findings.length === 0 ? `${proven} ${t('estate.check.clean')}` : proven}
        />
      )}
    </div>
  );
}
