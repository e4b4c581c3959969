import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n.ts';
import { useNow } from '../../surroundings.tsx';
import { useFormat, usePosStatus } from '../../till-context.tsx';
import { Banner } from '../../ui/banner.tsx';
import classes from './banners.module.css';

/** Older master data than this is pointed out. */
export const OLD_MS = 24 * 60 * 60_000;

/** What the cashier must know whatever is on the screen. */
export function Banners({ onLogIn, children }: { onLogIn: () => void; children: ReactNode }) {
  const { t } = useWords();
  const format = useFormat();
  const status = usePosStatus();
  const nowMs = useNow();
  const { storeFault, sessionFault, unsent, parked, catalogueLoadedAtMs } = status;
  const isOld = nowMs - catalogueLoadedAtMs > OLD_MS;
  return (
    <div className={classes['banners']}>
      {children}
      {storeFault === null ? null : (
        <Banner tone="bad">{t('banner.store', { reason: storeFault })}</Banner>
      )}
      {sessionFault === null ? null : (
        <Banner tone="care">
          {t('banner.session', { count: unsent })}
          <Button variant="default" size="md" onClick={onLogIn}>
            {t('banner.logIn')}
          </Button>
        </Banner>
      )}
      {parked === 0 ? null : <Banner tone="care">{t('banner.parked', { count: parked })}</Banner>}
      {isOld ? (
        <Banner tone="busy">
          {t('banner.old', { age: format.ago(catalogueLoadedAtMs, nowMs) })}
        </Banner>
      ) : null}
    </div>
  );
}
