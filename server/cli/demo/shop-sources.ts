import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';

/** The sources of the demo shop: `resources/demo-shop/`, read whole and checked. */

const named = z.object({ key: z.string(), name: z.string() });

const discountSchema = z.object({
  name: z.string(),
  priority: z.number(),
  percent: z.number().optional(),
  fixedPrice: z.number().optional(),
  bundle: z.object({ buy: z.number().int(), pay: z.number().int() }).optional(),
  from: z.string().optional(),
  until: z.string().optional(),
  categories: z.array(z.string()).optional(),
  products: z.array(z.string()).optional(),
  customers: z.array(z.string()).optional(),
  customerCategories: z.array(z.string()).optional(),
  tags: z.array(z.string()).optional(),
  roles: z.array(z.string()).optional(),
  notOnLists: z.array(z.string()).default([]),
});
export type DiscountSource = z.infer<typeof discountSchema>;

const shopSchema = z.object({
  group: z.string(),
  region: z.string(),
  stores: z.tuple([named, named]),
  users: z.array(
    z.object({
      userName: z.string(),
      name: z.string(),
      role: z.enum(['cashier', 'manager', 'administrator']),
      at: z.enum(['group', 'region']),
      pin: z.string().optional(),
      password: z.string().optional(),
    }),
  ),
  taxCategories: z.array(
    named.extend({ rates: z.array(z.object({ from: z.string(), rate: z.number() })).min(1) }),
  ),
  payments: z.array(named.extend({ isCash: z.boolean() })),
  deposits: z.array(z.string()),
  drops: z.array(z.string()),
  returnReasons: z.array(z.string()),
  approvalReasons: z.array(z.string()),
  rejectReasons: z.array(z.string()),
  countries: z.array(z.object({ id: z.string().optional(), name: z.string() })),
  customerCategories: z.array(named),
  tags: z.array(named),
  bestsellers: z.array(z.string()),
  notes: z.array(z.number()),
  discounts: z.array(discountSchema),
});
type ShopSource = z.infer<typeof shopSchema>;

const categorySchema = z.object({ key: z.string(), name: z.string(), parent: z.string() });
type CategorySource = z.infer<typeof categorySchema>;

const customerSchema = z.object({
  key: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  category: z.string(),
  taxID: z.string(),
  street: z.string(),
  postalCode: z.string(),
  city: z.string(),
  phone: z.string(),
});
export type CustomerSource = z.infer<typeof customerSchema>;

const words = z.string().transform((text) => text.split(' ').filter((word) => word !== ''));

/** `variants`: "500 g 2.20;1 kg 3.90"; "kg 2.10" is sold by weight. */
const productSchema = z.object({
  category: z.string(),
  name: z.string(),
  brand: z.string(),
  tax: z.string(),
  tags: words,
  variants: z.string().transform((text, context) =>
    text.split(';').map((variant) => {
      const parts = /^(.+) (\d+\.\d\d)$/.exec(variant);
      if (parts === null) context.addIssue(`"${variant}" is no size and price`);
      return { size: parts?.[1] ?? '', cents: Number(parts?.[2]?.replace('.', '')) };
    }),
  ),
});
export type ProductSource = z.infer<typeof productSchema>;

export interface DemoSources {
  shop: ShopSource;
  categories: CategorySource[];
  products: ProductSource[];
  customers: CustomerSource[];
}

/** Reads the sources. Throws where a file is missing or a line is not what it must be. */
export function readDemoSources(): DemoSources {
  return {
    shop: shopSchema.parse(JSON.parse(readSource('shop.json'))),
    categories: table('categories.csv', categorySchema),
    products: table('products.csv', productSchema),
    customers: table('customers.csv', customerSchema),
  };
}

function table<Row>(file: string, schema: z.ZodType<Row>): Row[] {
  const rows: unknown = parse(readSource(file), { columns: true });
  return z.array(schema).parse(rows);
}

/** The folder stands beside `server/`, and beside `dist/` where this file is built. */
function readSource(file: string): string {
  const places = ['../../../', '../../../../'].map(
    (above) => new URL(`${above}resources/demo-shop/${file}`, import.meta.url),
  );
  const found = places.find((place) => existsSync(place));
  if (found === undefined) throw new Error(`resources/demo-shop/${file} is missing`);
  return readFileSync(found, 'utf8');
}
