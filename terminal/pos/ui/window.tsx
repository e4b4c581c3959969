import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../i18n.ts';

/**
 * A window above the screen. It locks no scrolling, because the page has none and the lock would put a
 * style element on it; its head is no second banner of the page.
 */
export function Window(props: {
  title: string;
  onClose: () => void;
  size?: number | string;
  children: ReactNode;
}) {
  const { t } = useWords();
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={props.title}
      size={props.size ?? 'md'}
      centered
      lockScroll={false}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': t('window.close'), size: 48 }}
      attributes={{ header: { role: 'presentation' } }}
      styles={{ title: { fontSize: '1.125rem', fontWeight: 650 } }}
    >
      {props.children}
    </Modal>
  );
}
