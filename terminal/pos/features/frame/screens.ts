import type { Icon } from '@tabler/icons-react';
import { IconCash, IconClock, IconReceipt, IconShoppingCart, IconUsers } from '@tabler/icons-react';

export interface Screen {
  href: string;
  /** The key that opens it from anywhere. */
  key: string;
  icon: Icon;
  word: 'nav.sell' | 'nav.receipts' | 'nav.customers' | 'nav.aside' | 'nav.cash';
}

/** The screens, in the order of the bar. */
export const SCREENS: readonly Screen[] = [
  { href: '/', key: 'F2', icon: IconShoppingCart, word: 'nav.sell' },
  { href: '/receipts', key: 'F3', icon: IconReceipt, word: 'nav.receipts' },
  { href: '/customers', key: 'F4', icon: IconUsers, word: 'nav.customers' },
  { href: '/aside', key: 'F7', icon: IconClock, word: 'nav.aside' },
  { href: '/cash', key: 'F10', icon: IconCash, word: 'nav.cash' },
];
