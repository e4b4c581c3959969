import { Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CallError } from '../client.ts';
import { Empty } from './empty.tsx';

/** Shown where something could not be loaded: what happened and what to do. */
export function Problem({ error, onAgain }: { error: unknown; onAgain: () => void }) {
  const { t } = useTranslation();
  const garbled = error instanceof CallError && error.kind === 'garbled';
  const refused = error instanceof CallError && error.kind === 'refused';
  const body = garbled ? t('problem.garbled') : refused ? error.message : t('problem.unreachable');
  return (
    <div role="alert">
      <Empty
        icon={IconPlugConnectedX}
        title={t('problem.title')}
        body={body}
        action={
          <Button variant="default" onClick={garbled ? () => window.location.reload() : onAgain}>
            {t(garbled ? 'problem.reload' : 'problem.again')}
          </Button>
        }
      />
    </div>
  );
}
