import { useTranslation } from 'react-i18next';
import { outcomeSchema } from '../../../server/contract/message.ts';
import type { EntryDetail, Overview } from '../../../server/contract/manage.ts';
import { useFormat } from '../../time.ts';
import { Moment } from '../../ui/moment.tsx';
import { Pill } from '../../ui/pill.tsx';
import { DELIVERY_LOOK } from '../../words.ts';
import { Pairs, Section } from './section.tsx';
import classes from './deliveries.module.css';

type Delivery = EntryDetail['deliveries'][number];

/** Where the entry goes, and how far it is on each way. */
export function Deliveries(props: { entry: EntryDetail; overview: Overview | undefined }) {
  const { t } = useTranslation();
  const { deliveries } = props.entry;
  const nameOf = (key: string): string =>
    props.overview?.mains.find((main) => main.key === key)?.name ?? key;
  return (
    <Section title={t('queue.entry.deliveries')}>
      {deliveries.length === 0 ? (
        <p className="br-quiet">{t('queue.entry.noDeliveries')}</p>
      ) : (
        <ul className={classes['list']}>
          {deliveries.map((delivery) => (
            <li key={delivery.destination} className={classes['delivery']}>
              <div className={classes['head']}>
                <strong className="br-break">{nameOf(delivery.destination)}</strong>
                <Pill {...DELIVERY_LOOK[delivery.state]}>
                  {t(`deliveryState.${delivery.state}`)}
                </Pill>
              </div>
              <DeliveryFacts delivery={delivery} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function DeliveryFacts({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation();
  const format = useFormat();
  const outcome = outcomeSchema.safeParse(delivery.outcome).data;
  return (
    <Pairs
      pairs={[
        {
          name: t('queue.entry.attempts'),
          value: t('queue.entry.attemptsValue', {
            started: format.number(delivery.attemptsStarted),
            finished: format.number(delivery.attemptsFinished),
          }),
        },
        {
          name: t('queue.entry.outcome'),
          value: outcome === undefined ? delivery.outcome : t(`outcome.${outcome}`),
        },
        {
          name: t('queue.entry.acknowledged'),
          value: delivery.acknowledgedAt && <Moment at={delivery.acknowledgedAt} />,
        },
        {
          name: t('queue.entry.next'),
          value:
            delivery.state === 'waiting' && delivery.nextAttemptAt ? (
              <Moment at={delivery.nextAttemptAt} relative />
            ) : null,
        },
        { name: t('queue.entry.problem'), value: delivery.lastError },
      ]}
    />
  );
}
