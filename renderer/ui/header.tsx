import { ActionIcon, Menu } from '@mantine/core';
import { IconKeyboard, IconLogout, IconTicket, IconUserCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useRoute } from 'wouter';
import type { LoggedIn } from '../features/session/session-gate.tsx';
import { useLogOut } from '../features/session/use-session.ts';
import mark from '../mark.svg';
import { overviewQuery } from '../queries.ts';
import { LanguageMenu, ThemeMenu } from './choices.tsx';
import { ConnectionPill } from './connection.tsx';
import classes from './header.module.css';
import { MENU } from './window.ts';

interface Doings {
  session: LoggedIn;
  onShortcuts: () => void;
  onJoinCode: () => void;
}

/** Which server this is, how it is connected, where one can go, and one's own choices. */
export function Header(doings: Doings) {
  const { t } = useTranslation();
  const { data } = useQuery(overviewQuery);
  return (
    <header className={classes['bar']}>
      <div className={classes['inside']}>
        <div className={classes['who']}>
          <img src={mark} alt="" width={34} height={34} />
          <div className={classes['name']}>
            <span className={classes['server']}>{data?.server.key ?? t('app.name')}</span>
            <span className="br-quiet">{data ? t(`app.role.${data.server.role}`) : '\u00a0'}</span>
          </div>
        </div>
        <nav className={classes['nav']} aria-label={t('app.nav')}>
          <NavItem href="/" words={t('nav.overview')} />
          <NavItem href="/queue" words={t('nav.queue')} />
          <NavItem href="/estate" below="/estate/*?" words={t('nav.estate')} />
        </nav>
        <div className={classes['own']}>
          <ConnectionPill />
          <div className={classes['buttons']}>
            <LanguageMenu />
            <ThemeMenu />
            <UserMenu {...doings} />
          </div>
        </div>
      </div>
    </header>
  );
}

function NavItem(props: {
  href: string;
  /** The pattern of the addresses that belong to it; its own where nothing is said. */
  below?: string;
  words: string;
}) {
  const { href, words } = props;
  const [active] = useRoute(props.below ?? href);
  return (
    <Link href={href} className={classes['item'] ?? ''} aria-current={active ? 'page' : undefined}>
      {words}
    </Link>
  );
}

function UserMenu({ session, onShortcuts, onJoinCode }: Doings) {
  const { t } = useTranslation();
  const logOut = useLogOut();
  const { data } = useQuery(overviewQuery);
  const mayLetJoin = session.user.role === 'administrator' && data?.server.role === 'main';
  return (
    <Menu {...MENU} width={240}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={40}
          aria-label={t('menu.user')}
          title={t('menu.user')}
        >
          <IconUserCircle size={22} stroke={1.8} color="var(--br-text)" aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {session.user.name} · {t(`role.${session.user.role}`)}
        </Menu.Label>
        {mayLetJoin ? (
          <Menu.Item leftSection={<IconTicket size={18} aria-hidden />} onClick={onJoinCode}>
            {t('menu.joinCode')}
          </Menu.Item>
        ) : null}
        <Menu.Item leftSection={<IconKeyboard size={18} aria-hidden />} onClick={onShortcuts}>
          {t('menu.shortcuts')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLogout size={18} aria-hidden />}
          onClick={() => logOut.mutate()}
        >
          {t('menu.logOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
