import { Button } from '@mantine/core';
import { IconMoodPuzzled } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Component } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from './empty.tsx';

/** Keeps a bug of one screen from leaving a blank page. */
export class CrashBoundary extends Component<{ children: ReactNode }, { crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError(): { crashed: boolean } {
    return { crashed: true };
  }

  override render(): ReactNode {
    return this.state.crashed ? <Crash /> : this.props.children;
  }
}

function Crash() {
  const { t } = useTranslation();
  return (
    <div role="alert">
      <Empty
        icon={IconMoodPuzzled}
        title={t('problem.crash')}
        body={t('problem.crashBody')}
        action={<Button onClick={() => window.location.reload()}>{t('problem.reload')}</Button>}
      />
    </div>
  );
}
