import { UnstyledButton } from '@mantine/core';
import { memo } from 'react';
import type { CatalogueProduct } from '../../../catalogue.ts';
import { hueStyle } from './category-rail.tsx';
import classes from './sell.module.css';
import { pictureOf } from './tile-colour.ts';

/** A product to be touched: its picture, or the colour of its category. */
export const ProductTile = memo(function ProductTile(props: {
  product: CatalogueProduct;
  price: string;
  isMarked: boolean;
  onAdd: (product: CatalogueProduct) => void;
}) {
  const { row } = props.product;
  const picture = pictureOf(row);
  return (
    <UnstyledButton
      className={classes['tile']}
      style={hueStyle(row.productCategory)}
      data-marked={props.isMarked || undefined}
      data-pictured={picture !== undefined || undefined}
      onClick={() => props.onAdd(props.product)}
    >
      {picture === undefined ? null : <img src={picture} alt="" loading="lazy" />}
      <span className={classes['product']}>{row._identifier}</span>
      <span className={classes['price']}>{props.price}</span>
    </UnstyledButton>
  );
});
