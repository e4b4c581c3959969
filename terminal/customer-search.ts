import type { Catalogue, Customer } from './catalogue.ts';
import { folded, textIndex, wordsOf } from './text-index.ts';

/** Finds customers by name, search key, phone and e-mail. */
export interface CustomerSearch {
  find(text: string, limit: number): Customer[];
  /** Takes one up that was made, changed or found after the index was. */
  add(customer: Customer): void;
}

/** Makes the search over the customers that a catalogue has now. */
export function customerSearch({ customers }: Pick<Catalogue, 'customers'>): CustomerSearch {
  const index = textIndex(customers.values(), textOf);
  const added = new Map<string, Customer>();
  return {
    find(text, limit) {
      const words = wordsOf(text);
      const late = [...added.values()].filter((customer) => {
        const own = folded(textOf(customer));
        return words.length > 0 && words.every((word) => own.includes(word));
      });
      const known = index.find(text, limit).filter(({ row }) => !added.has(row.id));
      return [...late, ...known].slice(0, limit);
    },
    add: (customer) => {
      added.set(customer.row.id, customer);
    },
  };
}

/** A phone number is found with and without its blanks. */
function textOf({ row }: Customer): string {
  const { name, searchKey, phone, email } = row;
  const digits = phone?.replace(/\D/g, '');
  return [name, searchKey, phone, digits, email].filter(Boolean).join(' ');
}
