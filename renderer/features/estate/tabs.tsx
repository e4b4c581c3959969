import { useTranslation } from 'react-i18next';
import { Link, useRoute } from 'wouter';
import classes from './estate.module.css';

/** The windows of the estate, each with its address. */
const TABS = [
  { name: 'servers', href: '/estate' },
  { name: 'organizations', href: '/estate/organizations' },
  { name: 'services', href: '/estate/services' },
  { name: 'preferences', href: '/estate/preferences' },
  { name: 'check', href: '/estate/check' },
  { name: 'file', href: '/estate/file' },
  { name: 'history', href: '/estate/history' },
  { name: 'uptake', href: '/estate/uptake' },
] as const;

/** The way between the windows of the estate. */
export function EstateTabs() {
  const { t } = useTranslation();
  return (
    <nav className={classes['tabs']} aria-label={t('estate.title')}>
      {TABS.map((tab) => (
        <Tab key={tab.name} href={tab.href} words={t(`estate.tab.${tab.name}`)} />
      ))}
    </nav>
  );
}

function Tab({ href, words }: { href: string; words: string }) {
  const [active] = useRoute(href);
  return (
    <Link href={href} className={classes['tab'] ?? ''} aria-current={active ? 'page' : undefined}>
      {words}
    </Link>
  );
}
