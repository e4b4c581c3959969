import { Route, Router, Switch } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import type { PosTill } from '../../../pos-till.ts';
import { useWords } from '../../i18n.ts';
import { TillProvider, useCatalogue } from '../../till-context.tsx';
import { announce, Announcer } from '../../ui/announce.tsx';
import { CrashBoundary } from '../../ui/crash.tsx';
import { useHotkeys } from '../../ui/hotkeys.ts';
import { CashScreen } from '../cash/cash.tsx';
import { CustomersScreen } from '../customers/customers.tsx';
import { MoveBanner, MoveGate } from '../move/move.tsx';
import { useOriginMove } from '../move/use-origin-move.ts';
import { PayScreen } from '../pay/pay.tsx';
import { ReceiptsScreen } from '../receipts/receipts.tsx';
import { SaleProvider, useSale } from '../sell/sale-context.tsx';
import { SellScreen } from '../sell/sell.tsx';
import { shelvesOf } from '../sell/shelves.ts';
import { ONE } from '../sell/typed.ts';
import { useScanner } from '../sell/use-scanner.ts';
import { SuspendedScreen } from '../suspended/suspended.tsx';
import { Banners } from './banners.tsx';
import { Header } from './header.tsx';
import { SCREENS } from './screens.ts';
import classes from './session.module.css';

/** Everything that somebody who is logged in sees. */
export function Session({ till, onOver }: { till: PosTill; onOver: () => void }) {
  return (
    <TillProvider till={till}>
      <SaleProvider>
        <Router hook={useHashLocation}>
          <Frame till={till} onOver={onOver} />
        </Router>
      </SaleProvider>
    </TillProvider>
  );
}

function Frame({ till, onOver }: { till: PosTill; onOver: () => void }) {
  const { t } = useWords();
  const { cart } = useSale();
  const [location, navigate] = useHashLocation();
  // When it is paid the cart is empty, and every way is open again.
  const isPaying = location === '/pay' && cart.lines.length > 0;
  const screen = SCREENS.findLast(({ href }) => location.startsWith(href));
  const move = useOriginMove();
  useScans(!isPaying, navigate);
  useHotkeys(
    isPaying
      ? {}
      : Object.fromEntries(SCREENS.map(({ key, href }) => [key, () => navigate(href)] as const)),
  );
  const logOut = async (): Promise<void> => {
    // What is in the basket is not the next cashier's.
    if (cart.lines.length > 0) await till.suspend(cart, till.cashier.name);
    navigate('/');
    onOver();
    await till.logOut();
  };
  return (
    <div className={classes['frame']}>
      <Header onLogOut={() => void logOut()} />
      <Banners onLogIn={() => void logOut()}>
        <MoveBanner move={move} />
      </Banners>
      <main className={classes['content']}>
        <h1 className="till-hidden">{t(screen?.word ?? 'nav.sell')}</h1>
        <CrashBoundary>
          <MoveGate move={move}>
            <Switch>
              <Route path="/pay" component={PayScreen} />
              <Route path="/receipts/*?" component={ReceiptsScreen} />
              <Route path="/customers" component={CustomersScreen} />
              <Route path="/aside" component={SuspendedScreen} />
              <Route path="/cash" component={CashScreen} />
              <Route component={SellScreen} />
            </Switch>
          </MoveGate>
        </CrashBoundary>
      </main>
      <Announcer />
    </div>
  );
}

/** A product that is scanned on any screen comes into the cart. */
function useScans(isOn: boolean, navigate: (to: string) => void): void {
  const { t } = useWords();
  const { act } = useSale();
  const { search } = shelvesOf(useCatalogue());
  useScanner((code) => {
    const product = isOn ? search.byCode(code) : undefined;
    if (product === undefined) return false;
    act({ kind: 'add', productId: product.row.id, quantity: ONE });
    announce(t('sell.added', { name: product.row._identifier }));
    navigate('/');
    return true;
  });
}
