import { Button } from '@mantine/core';
import { IconMoodPuzzled } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Component } from 'react';
import { useWords } from '../i18n.ts';
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
  const { t } = useWords();
  return (
    <div role="alert">
      <Empty icon={IconMoodPuzzled} title={t('crash.title')} body={t('crash.body')}>
        <Button size="lg" onClick={() => window.location.reload()}>
          {t('crash.reload')}
        </Button>
      </Empty>
    </div>
  );
}
