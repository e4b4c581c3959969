import { useState } from 'react';
import { useHashLocation } from 'wouter/use-hash-location';
import type { CatalogueProduct } from '../../../catalogue.ts';
import { useWords } from '../../i18n.ts';
import { useCatalogue, useTill } from '../../till-context.tsx';
import { announce } from '../../ui/announce.tsx';
import { useHotkeys } from '../../ui/hotkeys.ts';
import { CartPanel } from './cart-panel.tsx';
import { CategoryRail } from './category-rail.tsx';
import { DiscountWindow } from './discount-window.tsx';
import { Grid } from './grid.tsx';
import { LineWindow } from './line-window.tsx';
import { useSale } from './sale-context.tsx';
import { SearchBox } from './search-box.tsx';
import classes from './sell.module.css';
import { shelvesOf } from './shelves.ts';
import { SuspendWindow } from './suspend-window.tsx';
import { chosenBy, ONE, readTyped } from './typed.ts';
import { SEARCH_ID } from './use-scanner.ts';

const MOST_FOUND = 120;

type Opened = { kind: 'line'; key: string } | { kind: 'discount' } | { kind: 'suspend' };

/** Where a sale is rung up. */
export function SellScreen() {
  const { ticket } = useSale();
  const [, navigate] = useHashLocation();
  const [opened, setOpened] = useState<Opened | null>(null);
  const { cart } = useSale();
  const isEmpty = cart.lines.length === 0;
  const pay = ticket === null ? undefined : () => navigate('/pay');
  useHotkeys({
    F9: pay,
    F8: isEmpty ? undefined : () => setOpened({ kind: 'discount' }),
    F6: isEmpty ? undefined : () => setOpened({ kind: 'suspend' }),
    F2: focusSearch,
  });
  const close = (): void => {
    setOpened(null);
    focusSearch();
  };
  return (
    <div className={classes['screen']}>
      <Finder onWeigh={(key) => setOpened({ kind: 'line', key })} />
      <CartPanel
        onLine={(key) => setOpened({ kind: 'line', key })}
        onDiscount={() => setOpened({ kind: 'discount' })}
        onSuspend={() => setOpened({ kind: 'suspend' })}
        onPay={() => pay?.()}
      />
      {opened?.kind === 'line' ? <LineWindow lineKey={opened.key} onClose={close} /> : null}
      {opened?.kind === 'discount' ? <DiscountWindow onClose={close} /> : null}
      {opened?.kind === 'suspend' ? <SuspendWindow onClose={close} /> : null}
    </div>
  );
}

function focusSearch(): void {
  document.getElementById(SEARCH_ID)?.focus();
}

/** Categories, search and the products, from which the cart is filled. */
function Finder({ onWeigh }: { onWeigh: (lineKey: string) => void }) {
  const { t } = useWords();
  const catalogue = useCatalogue();
  const { settings } = useTill();
  const { cart, act } = useSale();
  const shelves = shelvesOf(catalogue);
  const [category, setCategory] = useState<string | null>(catalogue.categories[0]?.id ?? null);
  const [input, setInput] = useState('');
  const [marked, setMarked] = useState<number | null>(null);
  const typed = readTyped(input);
  const found =
    typed.text === ''
      ? category === null
        ? shelves.all
        : (shelves.byCategory.get(category) ?? [])
      : shelves.search.find(typed.text, MOST_FOUND);
  const add = (product: CatalogueProduct): void => {
    const { id, _identifier: name, obposScale } = product.row;
    act({ kind: 'add', productId: id, quantity: typed.quantity ?? ONE });
    announce(t('sell.added', { name }));
    setInput('');
    setMarked(null);
    if (obposScale === true && typed.quantity === null) {
      onWeigh(String(Math.max(0, ...cart.lines.map(({ key }) => Number(key))) + 1));
    }
  };
  const enter = (): void => {
    const product = chosenBy(typed, shelves.search, found, marked);
    if (product !== undefined) add(product);
    else if (typed.text !== '') announce(t('sell.noneFor', { text: typed.text }));
  };
  return (
    <section className={classes['finder']} aria-label={t('sell.products')}>
      <SearchBox
        value={input}
        marked={marked}
        count={found.length}
        onChange={(text) => {
          setInput(text);
          setMarked(null);
        }}
        onMark={setMarked}
        onEnter={enter}
      />
      <div className={classes['shelves']}>
        <CategoryRail
          categories={catalogue.categories}
          chosen={typed.text === '' ? category : undefined}
          onChoose={(id) => {
            setCategory(id);
            setInput('');
          }}
        />
        <Grid
          key={typed.text === '' ? `shelf ${category ?? ''}` : 'search'}
          products={found}
          customerId={cart.customerId ?? settings.terminal.businessPartner}
          marked={marked}
          searched={typed.text}
          onAdd={add}
        />
      </div>
    </section>
  );
}
