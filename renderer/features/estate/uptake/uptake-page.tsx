import { IconCashRegister, IconServer } from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Uptake } from '../../../../server/contract/definitions-api.ts';
import { organizationsQuery, uptakeQuery } from '../../../estate-queries.ts';
import { useFormat, useNow } from '../../../time.ts';
import { Card } from '../../../ui/card.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { Pill } from '../../../ui/pill.tsx';
import { Problem } from '../../../ui/problem.tsx';
import { RowsSkeleton } from '../../../ui/rows-skeleton.tsx';
import table from '../../../ui/table.module.css';
import { UPTAKE_LOOK } from '../words.ts';
import classes from './uptake.module.css';

type Taker = Uptake['servers'][number];

/** Which servers and tills work with the definitions as they are now. */
export function UptakePage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(uptakeQuery);
  const organizations = useQuery(organizationsQuery).data?.organizations ?? [];
  if (data === undefined) {
    return error ? (
      <Problem error={error} onAgain={() => void refetch()} />
    ) : (
      <RowsSkeleton rows={6} />
    );
  }
  const storeOf = (id: string): string => organizations.find((row) => row.id === id)?.name ?? id;
  return (
    <>
      <Summary uptake={data} />
      <div className={classes['columns']}>
        <Takers title={t('estate.uptake.servers')} icon={IconServer} takers={data.servers} />
        <Takers
          title={t('estate.uptake.tills')}
          icon={IconCashRegister}
          takers={data.tills}
          under={(taker) => {
            const till = data.tills.find(({ id }) => id === taker.id);
            return till ? `${till.searchKey} · ${storeOf(till.organization)}` : null;
          }}
        />
      </div>
    </>
  );
}

function Summary({ uptake }: { uptake: Uptake }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nowMs = useNow();
  const everybody = [...uptake.servers, ...uptake.tills];
  const current = everybody.filter(({ state }) => state === 'current').length;
  const all = current === everybody.length;
  const said = t(all ? 'estate.uptake.all' : 'estate.uptake.some', {
    n: format.number(current),
    of: format.number(everybody.length),
  });
  const newest =
    uptake.changedAt === null
      ? t('estate.uptake.noChange')
      : t('estate.uptake.newest', {
          no: uptake.changeNo,
          time: format.moment(uptake.changedAt, nowMs),
        });
  return (
    <section className={classes['summary']} aria-label={t('estate.uptake.title')}>
      <p className={classes['said']} role="status">
        {said}
      </p>
      <div
        className={classes['bar']}
        style={{ '--share': everybody.length === 0 ? 1 : current / everybody.length } as object}
        aria-hidden
      />
      <p className="br-quiet br-small">
        {newest} {t('estate.uptake.hint')}
      </p>
    </section>
  );
}

function Takers(props: {
  title: string;
  icon: Icon;
  takers: readonly Taker[];
  under?: (taker: Taker) => string | null;
}) {
  const { t } = useTranslation();
  // Whoever is behind is what one looks for.
  const takers = props.takers.toSorted(
    (a, b) => Number(a.state === 'current') - Number(b.state === 'current'),
  );
  return (
    <Card title={props.title}>
      {takers.length === 0 ? (
        <Empty icon={props.icon} title={t('estate.uptake.nobody')} />
      ) : (
        <div className={table['scroll']}>
          <table className={table['table']} aria-label={props.title}>
            <thead>
              <tr>
                <th scope="col">{t('estate.uptake.who')}</th>
                <th scope="col">{t('estate.uptake.has')}</th>
                <th scope="col" className={table['wide']}>
                  {t('estate.uptake.said')}
                </th>
              </tr>
            </thead>
            <tbody>
              {takers.map((taker) => (
                <tr key={taker.id} data-taker={taker.id} data-state={taker.state}>
                  <th scope="row">
                    <span className={classes['name']}>{taker.name}</span>
                    <Under>{props.under?.(taker)}</Under>
                  </th>
                  <td>
                    <Pill {...UPTAKE_LOOK[taker.state]}>
                      {t(`estate.uptakeState.${taker.state}`)}
                    </Pill>
                    <Under>
                      {taker.state === 'behind' && taker.changeNo !== null
                        ? t('estate.uptake.at', { no: taker.changeNo })
                        : null}
                    </Under>
                  </td>
                  <td className={table['wide']}>
                    {taker.reportedAt === null ? (
                      <span className="br-quiet">{t('estate.uptake.never')}</span>
                    ) : (
                      <Moment at={taker.reportedAt} relative />
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}

function Under({ children }: { children: ReactNode }) {
  return children ? <span className={classes['under']}>{children}</span> : null;
}
