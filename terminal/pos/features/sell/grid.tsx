import { IconMoodEmpty } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { RefObject } from 'react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { CatalogueProduct } from '../../../catalogue.ts';
import { listFor } from '../../../selling-list.ts';
import { useWords } from '../../i18n.ts';
import { useCatalogue, useFormat, useTill } from '../../till-context.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ProductTile } from './product-tile.tsx';
import classes from './sell.module.css';

const TILE_WIDTH = 148;
const ROW_HEIGHT = 124;

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
  const columns = useColumns(box);
  const rows = useVirtualizer({
    count: Math.ceil(products.length / columns),
    getScrollElement: () => box.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 3,
  });
  useEffect(() => {
    if (marked !== null) rows.scrollToIndex(Math.floor(marked / columns));
  }, [marked, columns, rows]);
  return (
    <div ref={box} id="product-grid" className={classes['grid']} tabIndex={-1}>
      {products.length === 0 ? (
        <Empty
          icon={IconMoodEmpty}
          title={t('sell.noneFor', { text: props.searched })}
          body={t('sell.noneHint')}
        />
      ) : (
        <div className={classes['runway']} style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index, start }) => (
            <div
              key={index}
              className={classes['row']}
              style={{
                transform: `translateY(${start}px)`,
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

function useColumns(box: RefObject<HTMLDivElement | null>): number {
  const [columns, setColumns] = useState(4);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const measure = (): void =>
      setColumns(Math.max(2, Math.floor(element.clientWidth / TILE_WIDTH)));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return columns;
}
