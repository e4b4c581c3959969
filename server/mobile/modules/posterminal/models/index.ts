import type { ModelDeclaration } from '../../../../core/model.ts';
import { customers } from './customers.ts';
import { discounts } from './discounts.ts';
import { lists } from './lists.ts';
import { products } from './products.ts';
import { soldServices } from './services.ts';
import { taxes } from './taxes.ts';

/** Every model of master data that a till loads or searches. */
export const masterModels: readonly ModelDeclaration[] = [
  ...products,
  ...customers,
  ...taxes,
  ...discounts,
  ...soldServices,
  ...lists,
];
