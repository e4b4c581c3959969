import { Kbd, Modal, Switch } from '@mantine/core';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import classes from './shortcuts.module.css';
import { NO_LANDMARK } from './window.ts';

const KEPT_AS = 'backroom.shortcuts';
/** The id of what `f` puts the focus on. */
export const FILTER_ID = 'entries-filter';

/** Single-key shortcuts, which a person can switch off, and the window that lists them. */
export function useShortcuts(onHelp: () => void): { used: boolean; use: (on: boolean) => void } {
  const [used, setUsed] = useState(() => localStorage.getItem(KEPT_AS) !== 'off');
  const [, navigate] = useLocation();
  const act = useEffectEvent((event: KeyboardEvent) => {
    if (!used || event.ctrlKey || event.metaKey || event.altKey || isTaken(event.target)) return;
    if (event.key === '1') navigate('/');
    else if (event.key === '2') navigate('/queue');
    else if (event.key === '3') navigate('/estate');
    else if (event.key === '?') onHelp();
    else if (event.key === 'f') focusFilter();
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => act(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  const use = (on: boolean): void => {
    localStorage.setItem(KEPT_AS, on ? 'on' : 'off');
    setUsed(on);
  };
  return { used, use };
}

/** Lists the shortcuts. */
export function ShortcutsWindow(props: {
  opened: boolean;
  onClose: () => void;
  used: boolean;
  onUse: (on: boolean) => void;
}) {
  const { t } = useTranslation();
  const lines = [
    { keys: ['1'], words: t('shortcuts.overview') },
    { keys: ['2'], words: t('shortcuts.queue') },
    { keys: ['3'], words: t('shortcuts.estate') },
    { keys: ['f'], words: t('shortcuts.filter') },
    { keys: ['↑', '↓'], words: t('shortcuts.list') },
    { keys: ['Enter'], words: t('shortcuts.open') },
    { keys: ['Esc'], words: t('shortcuts.close') },
    { keys: ['?'], words: t('shortcuts.help') },
  ];
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={t('shortcuts.title')}
      closeButtonProps={{ 'aria-label': t('queue.entry.close') }}
      attributes={NO_LANDMARK}
      centered
    >
      <dl className={classes['list']}>
        {lines.map(({ keys, words }) => (
          <div key={words} className={classes['line']}>
            <dt>
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <Switch
        checked={props.used}
        onChange={(event) => props.onUse(event.currentTarget.checked)}
        label={t('shortcuts.use')}
        description={t('shortcuts.useHint')}
      />
    </Modal>
  );
}

function focusFilter(): void {
  const filter = document.getElementById(FILTER_ID);
  filter?.querySelector<HTMLElement>('input:checked')?.focus();
}

/** Whether the key belongs to what is focused: a field, an open menu or window. */
function isTaken(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input:not([type=radio]), textarea, select, [role=menu], [role=dialog]') !== null
  );
}
