import type { DoorView } from '../../../pos-till.ts';
import { useWords } from '../../i18n.ts';
import { Banner } from '../../ui/banner.tsx';
import classes from './door.module.css';

/** What a person should know before this till is trusted, in plain words. */
export function Notices({ view }: { view: DoorView }) {
  const { t } = useWords();
  const { storage, unsent } = view;
  return (
    <div className={classes['notices']}>
      {storage.mended === null ? null : <Banner tone="care">{storage.mended}</Banner>}
      {unsent === 0 ? null : <Banner tone="busy">{t('door.unsent', { count: unsent })}</Banner>}
      {storage.startsOffline || window.isSecureContext ? null : (
        <Banner tone="care">{t('door.noOfflineStart')}</Banner>
      )}
      {storage.persistent ? null : <Banner tone="busy">{t('door.notPersistent')}</Banner>}
    </div>
  );
}
