import { useTranslation } from 'react-i18next';
import type { ServiceRow } from '../../../../server/contract/definitions-api.ts';
import classes from './services.module.css';

/** What the routing types that occur mean, in a sentence each. */
export function Legend({ services }: { services: readonly ServiceRow[] }) {
  const { t } = useTranslation();
  const types = [...new Set(services.map(({ routingType }) => routingType))];
  return (
    <section className={classes['legend']} aria-label={t('estate.services.legend')}>
      <dl>
        {types.map((type) => (
          <div key={type}>
            <dt>{t(`estate.routing.${type}.name`)}</dt>
            <dd className="br-quiet">{t(`estate.routing.${type}.meaning`)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
