import { ActionIcon, Menu } from '@mantine/core';
import { IconLogout, IconKeyboard, IconUserCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { useWords } from '../../i18n.ts';
import { useTill } from '../../till-context.tsx';
import { Choices } from '../../ui/choices.tsx';
import { useHotkeys } from '../../ui/hotkeys.ts';
import { Window } from '../../ui/window.tsx';
import classes from './header.module.css';
import { SCREENS } from './screens.ts';
import { Shortcuts } from './shortcuts.tsx';
import { StatusButton } from './status.tsx';

/** Which till this is, where one can go, and what the till can do now. */
export function Header({ onLogOut }: { onLogOut: () => void }) {
  const { t } = useWords();
  const { settings, cashier } = useTill();
  const [location] = useHashLocation();
  const current = SCREENS.findLast(({ href }) => location.startsWith(href));
  return (
    <header className={classes['bar']}>
      <div className={classes['who']}>
        <img src={`${import.meta.env.BASE_URL}mark.svg`} alt="" width={34} height={34} />
        <div className={classes['name']}>
          <span className={classes['till']}>{settings.terminal.searchKey}</span>
          <span className="till-quiet">{cashier.name}</span>
        </div>
      </div>
      <nav className={classes['nav']} aria-label={t('app.nav')}>
        {SCREENS.map(({ href, key, icon: Glyph, word }) => (
          <Link
            key={href}
            href={href}
            className={classes['item'] ?? ''}
            aria-current={href === current?.href ? 'page' : undefined}
            aria-keyshortcuts={key}
          >
            <Glyph size={22} stroke={1.7} aria-hidden />
            <span>{t(word)}</span>
            <kbd className="till-kbd" aria-hidden>
              {key}
            </kbd>
          </Link>
        ))}
      </nav>
      <div className={classes['own']}>
        <StatusButton />
        <UserMenu onLogOut={onLogOut} />
      </div>
    </header>
  );
}

function UserMenu({ onLogOut }: { onLogOut: () => void }) {
  const { t } = useWords();
  const { cashier } = useTill();
  const [opened, setOpened] = useState<'shortcuts' | 'choices' | null>(null);
  useHotkeys({ F1: () => setOpened('shortcuts') });
  return (
    <>
      <Menu position="bottom-end" shadow="md" withinPortal={false} width={260}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={48} aria-label={t('menu.user')}>
            <IconUserCircle size={26} stroke={1.6} color="var(--till-text)" aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown className={classes['menu'] ?? ''}>
          <Menu.Label>{cashier.name}</Menu.Label>
          <Menu.Item
            leftSection={<IconKeyboard size={20} aria-hidden />}
            rightSection={<kbd className="till-kbd">F1</kbd>}
            onClick={() => setOpened('shortcuts')}
          >
            {t('menu.shortcuts')}
          </Menu.Item>
          <Menu.Item onClick={() => setOpened('choices')}>{t('menu.choices')}</Menu.Item>
          <Menu.Item leftSection={<IconLogout size={20} aria-hidden />} onClick={onLogOut}>
            {t('menu.logOut')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {opened === 'shortcuts' ? <Shortcuts onClose={() => setOpened(null)} /> : null}
      {opened === 'choices' ? (
        <Window title={t('menu.choices')} onClose={() => setOpened(null)}>
          <Choices />
        </Window>
      ) : null}
    </>
  );
}
