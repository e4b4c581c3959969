import { IconMoodEmpty } from '@tabler/icons-react';
import { useEffect, useMemo, useRef } from 'react';
import type { CatalogueProduct } from '../../../catalogue.ts';
import { listFor } from '../../../selling-list.ts';
import { useWords } from '../../i18n.ts';
import { useCatalogue, useFormat, useTill } from '../../till-context.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ProductTile } from './product-tile.tsx';
import classes from './sell.module.css';
import { useRowsInSight } from './use-rows-in-sight.ts';

/** The least width, and the height of a row as sell.module.css has it. */
const TILE = { width: 148, height: 124 };

/** The products as tiles; only those in sight are on the page. */
export function Grid(props: {
  products: readonly CatalogueProduct[];
  customerId: string;
  marked: number | null;
  searched: string;
  onAdd: (product: CatalogueProduct) => void;
}) {
  const { t } = useWords();
  const { products, marked } = props;
  const priceOf = usePrices(props.customerId);
  const box = useRef<HTMLDivElement>(null);
  const { columns, first, end, onScroll } = useRowsInSight(box, TILE);
  const rows = Math.ceil(products.length / columns);
  const inSight = Array.from(
    { length: Math.max(0, Math.min(end, rows) - first) },
    (_, index) => first + index,
  );
  const markedRow = marked === null ? null : Math.floor(marked / columns);
  useEffect(() => {
    const element = box.current;
    if (markedRow === null || element === null) return;
    const topPx = markedRow * TILE.height;
    const isAbove = topPx < element.scrollTop;
    const isBelow = topPx + TILE.height > element.scrollTop + element.clientHeight;
    if (isAbove || isBelow) element.scrollTop = topPx;
  }, [markedRow]);
  return (
    <div ref={box} id="product-grid" className={classes['grid']} tabIndex={-1} onScroll={onScroll}>
      {products.length === 0 ? (
        <Empty
          icon={IconMoodEmpty}
          title={t('sell.noneFor', { text: props.searched })}
          body={t('sell.noneHint')}
        />
      ) : (
        <div className={classes['runway']} style={{ height: rows * TILE.height }}>
          {inSight.map((index) => (
            <div
              key={index}
              className={classes['row']}
              style={{
                transform: `translateY(${index * TILE.height}px)`,
                gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
              }}
            >
              {products.slice(index * columns, (index + 1) * columns).map((product, column) => (
                <ProductTile
                  key={product.row.id}
                  product={product}
                  price={priceOf(product)}
                  isMarked={marked === index * columns + column}
                  onAdd={props.onAdd}
                />
              ))}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}

/** What a product costs this customer, written out. */
function usePrices(customerId: string): (product: CatalogueProduct) => string {
  const catalogue = useCatalogue();
  const { settings } = useTill();
  const format = useFormat();
  return useMemo(() => {
    const customer = catalogue.customers.get(customerId);
    const list = customer === undefined ? undefined : listFor(customer, catalogue, settings);
    return (product) => {
      const prices = list === undefined ? product : list.pricesOf(product);
      return prices === undefined ? '—' : format.price(prices.standardPrice);
    };
  }, [catalogue, customerId, settings, format]);
}
