import { UnstyledButton } from '@mantine/core';
import {
  IconAlertTriangle,
  IconBuildingStore,
  IconCheck,
  IconCloudOff,
  IconMinus,
} from '@tabler/icons-react';
import { useState } from 'react';
import type { PosStatus } from '../../../pos-till.ts';
import { useWords } from '../../i18n.ts';
import { useNow } from '../../surroundings.tsx';
import { useFormat, usePosStatus } from '../../till-context.tsx';
import { Window } from '../../ui/window.tsx';
import { OLD_MS } from './banners.tsx';
import classes from './header.module.css';

/** In a word what the till stands on; all of it in a window. */
export function StatusButton() {
  const { t } = useWords();
  const status = usePosStatus();
  const [isOpen, setIsOpen] = useState(false);
  const tone = toneOf(status);
  const Glyph =
    tone === 'bad' ? IconAlertTriangle : status.server === null ? IconCloudOff : IconBuildingStore;
  return (
    <>
      <UnstyledButton
        className={classes['status']}
        data-tone={tone}
        onClick={() => setIsOpen(true)}
      >
        <Glyph size={20} stroke={1.8} aria-hidden />
        <span>
          {status.server ?? t('status.offline')}
          {status.unsent > 0 ? ` · ${t('status.unsent', { count: status.unsent })}` : null}
        </span>
      </UnstyledButton>
      {isOpen ? <StatusWindow status={status} onClose={() => setIsOpen(false)} /> : null}
    </>
  );
}

function toneOf({ storeFault, sessionFault, parked, server }: PosStatus) {
  if (storeFault !== null || sessionFault !== null) return 'bad';
  if (parked > 0) return 'care';
  return server === null ? 'busy' : 'good';
}

function StatusWindow({ status, onClose }: { status: PosStatus; onClose: () => void }) {
  const { t } = useWords();
  const format = useFormat();
  const nowMs = useNow();
  const { server, headOffice, can } = status;
  const facts: [isGood: boolean, words: string][] = [
    [status.storeFault === null, t('status.canSell')],
    [can.createCustomers, t(can.createCustomers ? 'status.canCreate' : 'status.cannotCreate')],
    [can.findOldReceipts, t(can.findOldReceipts ? 'status.canFind' : 'status.cannotFind')],
    [server !== null, server === null ? t('status.noServer') : t('status.servedBy', { server })],
    [headOffice === true, t(headOfficeWord(headOffice))],
    [status.unsent === 0, t('status.waiting', { count: status.unsent })],
    [status.kept === 0, t('status.kept', { count: status.kept })],
    [status.parked === 0, t('status.parked', { count: status.parked })],
    [
      nowMs - status.catalogueLoadedAtMs <= OLD_MS,
      t('status.catalogue', { age: format.ago(status.catalogueLoadedAtMs, nowMs) }),
    ],
  ];
  return (
    <Window title={t('status.title')} onClose={onClose}>
      <div className={classes['facts']}>
        {facts.map(([isGood, words]) => (
          <div key={words}>
            {isGood ? (
              <IconCheck size={22} data-tone="good" aria-hidden />
            ) : (
              <IconMinus size={22} data-tone="care" aria-hidden />
            )}
            <span>{words}</span>
          </div>
        ))}
      </div>
    </Window>
  );
}

function headOfficeWord(headOffice: boolean | null) {
  if (headOffice === null) return 'status.headOfficeUnknown';
  return headOffice ? 'status.headOfficeHeard' : 'status.headOfficeAway';
}
