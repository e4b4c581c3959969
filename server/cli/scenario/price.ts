import Database from 'better-sqlite3';
import type { Estate } from '../../contract/estate.ts';
import { estateSchema } from '../../contract/estate.ts';

/** A product of one price list with the price that the centre gives it in the course of a scenario. */
export interface NewPrice {
  productId: string;
  priceList: string;
  price: number;
}

/** What the price of the new price is above the old one. */
const RAISE = 1;

/** The first product of an estate, dearer: the price, and the estate file that only sets it. */
export function raisePrice(estate: Estate): { price: NewPrice; change: Estate } {
  const [list] = estate.models['Product'] ?? [];
  const [row] = list?.rows ?? [];
  const productId = row?.['id'];
  if (list === undefined || row === undefined || typeof productId !== 'string') {
    throw new Error('the estate has no products');
  }
  const price = Number(row['standardPrice']) + RAISE;
  const rows = [{ ...row, standardPrice: price }];
  const change = estateSchema.parse({
    organizations: [],
    servers: [],
    models: { Product: [{ ...list, rows }] },
  });
  const priceList = list.priceList ?? '';
  return { price: { productId, priceList, price }, change };
}

const PRODUCT = `SELECT json FROM record WHERE model = 'Product' AND id = ? AND scope = ?`;

/** Whether a server has the price: read from its database file, whoever brought it there. */
export function hasPrice(databasePath: string, { productId, priceList, price }: NewPrice): boolean {
  const database = new Database(databasePath, { readonly: true, fileMustExist: true });
  try {
    const row = database
      .prepare<[string, string], { json: string }>(PRODUCT)
      .get(productId, priceList);
    if (row === undefined) return false;
    return (JSON.parse(row.json) as { standardPrice?: unknown }).standardPrice === price;
  } finally {
    database.close();
  }
}
