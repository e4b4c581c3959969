import type { Catalogue, Customer } from './catalogue.ts';
import { customerOf } from './catalogue.ts';
import type { NewCustomer } from './customer.ts';
import type { CustomerSearch } from './customer-search.ts';
import { customerSearch } from './customer-search.ts';
import { isBusinessPartnerRow, isLocationRow } from './master-rows.ts';
import type { Register } from './register.ts';
import { fitting } from './row-shape.ts';
import type { ServerQuestions } from './server-questions.ts';
import type { Stock } from './stock.ts';

/** Customers of one answer: nobody reads more on a till. */
const MOST_FOUND = 30;
/** With fewer at the till, a server is asked too. */
const FEW = 5;
/** Letters that a server is asked with at least. */
const LEAST_LETTERS = 2;

const PARTNER = 'org.openbravo.retail.posterminal.master.BusinessPartner';
const LOCATION = 'org.openbravo.retail.posterminal.master.BPLocation';

/** A till's customers: found here and at a server, made and changed here. */
export class PosCustomers {
  readonly #register: Register;
  readonly #stock: Stock;
  readonly #ask: ServerQuestions;
  #search: { of: Catalogue; search: CustomerSearch } | undefined;

  constructor(parts: { register: Register; stock: Stock; ask: ServerQuestions }) {
    this.#register = parts.register;
    this.#stock = parts.stock;
    this.#ask = parts.ask;
  }

  /** Those at the till first; those that only a server knows are kept from then on. */
  async find(text: string): Promise<Customer[]> {
    const known = this.#index().find(text, MOST_FOUND);
    const wanted = text.trim();
    if (known.length >= FEW || wanted.length < LEAST_LETTERS) return known;
    const others = await this.#atServer(wanted);
    const fresh = others.filter(({ row }) => known.every((each) => each.row.id !== row.id));
    for (const customer of fresh) this.#keep(customer);
    return [...known, ...fresh].slice(0, MOST_FOUND);
  }

  async create(wanted: NewCustomer): Promise<Customer> {
    const { customer } = await this.#register.createCustomer(wanted);
    this.#keep(customer);
    return customer;
  }

  async changeAddress(customerId: string, address: NewCustomer['address']): Promise<Customer> {
    const customer = await this.#register.changeAddress(customerId, address);
    this.#keep(customer);
    return customer;
  }

  async #atServer(text: string): Promise<Customer[]> {
    const columns = ['name', 'searchKey', 'phone', 'email'];
    const rows = await this.#ask.rows(PARTNER, {
      ...{ _isMasterdata: true, lastUpdated: null, _limit: MOST_FOUND, _offset: 0, _count: 0 },
      remoteFilters: [{ columns, operator: 'contains', value: text }],
    });
    const partners = fitting(rows ?? [], isBusinessPartnerRow);
    return Promise.all(
      partners.map(async (row) => customerOf(row, await this.#locationsOf(row.id))),
    );
  }

  async #locationsOf(partnerId: string) {
    const known = this.#stock.catalogue.customers.get(partnerId);
    if (known?.billTo !== undefined) {
      return [known.billTo, known.shipTo].filter((each) => each !== undefined);
    }
    const rows = await this.#ask.rows(LOCATION, {
      ...{ _isMasterdata: true, lastUpdated: null, _limit: MOST_FOUND, _offset: 0, _count: 0 },
      remoteFilters: [{ columns: ['bpartner'], operator: 'equals', value: partnerId }],
    });
    return fitting(rows ?? [], isLocationRow);
  }

  #keep(customer: Customer): void {
    this.#index().add(customer);
    this.#stock.keepCustomer(customer);
  }

  /** Made anew when the catalogue was replaced. */
  #index(): CustomerSearch {
    const { catalogue } = this.#stock;
    if (this.#search?.of !== catalogue) {
      this.#search = { of: catalogue, search: customerSearch(catalogue) };
    }
    return this.#search.search;
  }
}
