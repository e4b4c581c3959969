import type { Estate } from '../../contract/estate.ts';
import { countryId, WALK_IN_CUSTOMER } from './shop-customers.ts';
import { idOf } from './shop-ids.ts';
import type { ListKey } from './shop-rows.ts';
import { EURO, LISTS, standard } from './shop-rows.ts';
import type { DemoSources } from './shop-sources.ts';

/** Tills of the second store; the last of them serves the trade. */
const TILLS_IN_NORTE = 2;
const SESSION_MINUTES = 0;

interface Place {
  store: DemoSources['shop']['stores'][number];
  number: number;
  list: ListKey;
}

/** The terminals: so many in the first store, then those of the second. */
export function demoTerminals(sources: DemoSources, tills: number): Estate['terminals'] {
  const [centro, norte] = sources.shop.stores;
  const places: Place[] = [
    ...Array.from({ length: tills }, (_, index) => ({
      ...{ store: centro, number: index + 1, list: 'retail' as const },
    })),
    ...Array.from({ length: TILLS_IN_NORTE }, (_, index) => ({
      store: norte,
      number: index + 1,
      list: index + 1 === TILLS_IN_NORTE ? ('wholesale' as const) : ('retail' as const),
    })),
  ];
  return places.map((place) => terminalOf(place, sources));
}

function terminalOf(place: Place, sources: DemoSources): Estate['terminals'][number] {
  const { store, number, list } = place;
  const searchKey = `${store.key}-${String(number).padStart(2, '0')}`;
  const prefix = searchKey.replace('-', '');
  return {
    id: idOf('Terminal', searchKey),
    searchKey,
    name: `${store.name}, till ${number}`,
    client: idOf('Client', sources.shop.group),
    organization: idOf('Organization', store.name),
    priceList: idOf('PriceList', list),
    docNoPrefix: prefix,
    returnDocNoPrefix: `${prefix}R`,
    quotationDocNoPrefix: `${prefix}Q`,
    currency: EURO,
    config: configOf(place, sources),
    active: true,
  };
}

/** What `term.Terminal` says of this till, without its identity and counters, which the server adds. */
function configOf({ store, number, list }: Place, sources: DemoSources): Record<string, unknown> {
  const { shop } = sources;
  const priceList = { id: idOf('PriceList', list), ...LISTS[list] };
  const event = (name: string, type: 'deposit' | 'drop') => ({
    id: idOf('CashEvent', name),
    name,
    paymentmethod: idOf('Payment', 'OBPOS_payment.cash'),
    type,
    isocode: EURO.isoCode,
  });
  const reason = (kind: string, name: string, index: number) => ({
    id: idOf(kind, name),
    searchKey: String(index + 1),
    name,
  });
  return {
    terminal: terminalRow({ store, number, list }, sources),
    pricelist: {
      id: priceList.id,
      name: priceList.name,
      priceIncludesTax: priceList.priceIncludesTax,
    },
    pricelistversion: { id: idOf('PriceListVersion', list) },
    businesspartner: { id: WALK_IN_CUSTOMER.id },
    location: { id: idOf('Location', store.name) },
    currency: { id: EURO.id, pricePrecision: 2, obposPosprecision: EURO.precision },
    warehouses: [
      { warehouseid: idOf('Warehouse', store.name), warehousename: store.name, priority: 10 },
    ],
    hardwareURL: [
      {
        ...standard(idOf('Hardware', store.name), `Printer ${store.name}`),
        hardwareURL: 'http://127.0.0.1:8090/printer',
        hasReceiptPrinter: true,
        hasPDFPrinter: false,
      },
    ],
    cashMgmtDepositEvents: shop.deposits.map((name) => event(name, 'deposit')),
    cashMgmtDropEvents: shop.drops.map((name) => event(name, 'drop')),
    rejectReasons: shop.rejectReasons.map((name, index) => reason('RejectReason', name, index)),
    approvalReason: shop.approvalReasons.map((name, index) =>
      reason('ApprovalReason', name, index),
    ),
    payments: shop.payments.map(paymentOf),
    serverTimeout: 30,
  };
}

function terminalRow({ store, number }: Place, sources: DemoSources): Record<string, unknown> {
  const document = (kind: string): string => idOf('DocumentType', `${store.name}/${kind}`);
  return {
    businessPartner: WALK_IN_CUSTOMER.id,
    partnerAddress: WALK_IN_CUSTOMER.address,
    symbol: '€',
    currencyFormat: '#,##0.00',
    currencySymbolAtTheRight: true,
    warehouse: idOf('Warehouse', store.name),
    organizationRegionId: idOf('Region', 'Madrid'),
    organizationCountryId: countryId(sources, 'Spain'),
    organizationImage: null,
    layaway_anonymouscustomer: null,
    hardwareurl: 'http://127.0.0.1:8090/printer',
    scaleurl: null,
    defaultwebpostab: 'scan',
    language_string: 'en_US',
    defaultbp_invoiceterm: 'I',
    defaultbp_paymentterm: idOf('PaymentTerms', 'Immediate'),
    defaultbp_paymentmethod: idOf('PaymentMethod', 'Cash'),
    defaultbp_bpcategory: idOf('BPCategory', 'private'),
    defaultbp_bpcategory_name: 'Private customers',
    defaultbp_bpcountry: countryId(sources, 'Spain'),
    defaultbp_bpcountry_name: 'Spain',
    defaultbp_bporg: idOf('Organization', store.name),
    sessionTimeout: SESSION_MINUTES,
    organizationCountDiffLimit: 5,
    layaway_voidpartiallypaid: false,
    bp_showtaxid: true,
    bp_showcategoryselector: true,
    allowpayoncredit: false,
    printoffline: true,
    ismaster: number === 1,
    isslave: false,
    terminalType: {
      id: idOf('TerminalType', 'Counter'),
      documentType: document('sale'),
      documentTypeForReturns: document('return'),
      documentTypeForQuotations: document('quotation'),
      paymentMethod: 'OBPOS_payment.cash',
      productSrchConf: null,
      minutestorefreshdatatotal: 720,
      minutestorefreshdatainc: 10,
      rfidTimeout: 0,
      generateInvoice: false,
      layawayorder: true,
      usebarcodescanner: true,
      useembededbarcodescanner: false,
      useRfid: false,
      useSecurityGate: false,
      printTwice: false,
      showtaxbreakdown: true,
      processingblockscreen: false,
    },
  };
}

function paymentOf({ key, name, isCash }: DemoSources['shop']['payments'][number]) {
  const glItem = isCash ? idOf('GLItem', 'Cash') : null;
  return {
    payment: {
      ...standard(idOf('Payment', key), name),
      searchKey: key,
      commercialName: name,
    },
    rate: '1',
    mulrate: '1',
    isocode: EURO.isoCode,
    symbol: '€',
    currencySymbolAtTheRight: true,
    currentBalance: 0,
    obposPosprecision: EURO.precision,
    image: null,
    paymentMethod: {
      id: idOf('PaymentMethod', name),
      paymentMethod: idOf('PaymentMethod', name),
      currency: EURO.id,
      paymentProvider: null,
      refundProvider: null,
      paymentMethodCategory: null,
      gLItemForDrops: glItem,
      gLItemForDeposits: glItem,
      maxLimitAmount: isCash ? 1_000 : null,
      overpaymentLimit: null,
      countDiffLimit: isCash ? 5 : 0,
      availableReverseDelay: null,
      amount: isCash ? 100 : 0,
      iscash: isCash,
      isshared: false,
      countcash: isCash,
      countpaymentincashup: true,
      allowdrops: isCash,
      allowdeposits: isCash,
      openDrawer: isCash,
      allowopendrawer: isCash,
      printtwice: false,
      allowoverpayment: isCash,
      refundable: true,
      isreversable: false,
      showkeypad: true,
      defaultCashPaymentMethod: isCash,
      leaveascredit: false,
      automatemovementtoother: false,
      keepfixedamount: isCash,
      allowvariableamount: true,
      allowdontmove: true,
      allowmoveeverything: true,
    },
  };
}
