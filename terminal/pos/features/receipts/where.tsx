import { IconBuilding, IconBuildingStore, IconDeviceDesktop, IconWorld } from '@tabler/icons-react';
import type { FoundReceipt } from '../../../pos-till.ts';
import { useWords } from '../../i18n.ts';
import classes from './where.module.css';

const GLYPHS = {
  till: IconDeviceDesktop,
  store: IconBuildingStore,
  headOffice: IconBuilding,
  server: IconWorld,
} as const;

/** Where a ticket is safe, in words. */
export function Where({ where, isShort }: { where: FoundReceipt['where']; isShort?: boolean }) {
  const { t } = useWords();
  const place = where ?? 'server';
  const Glyph = GLYPHS[place];
  return (
    <span className={classes['where']} data-where={place}>
      <Glyph size={18} stroke={1.8} aria-hidden />
      {t(isShort === true ? `where.short.${place}` : `where.long.${place}`)}
    </span>
  );
}
