import { z } from 'zod';
import type { Json } from '../server/contract/json.ts';
import { isJsonObject } from '../server/contract/json.ts';

const text = z.string().min(1);

const paymentSchema = z.looseObject({
  payment: z.looseObject({ id: text, searchKey: text, commercialName: z.string().nullish() }),
  rate: z.coerce.string(),
  mulrate: z.coerce.string(),
  isocode: text,
  paymentMethod: z.looseObject({
    id: text,
    iscash: z.boolean().default(false),
    refundable: z.boolean().default(true),
  }),
});

const cashEventSchema = z.looseObject({
  id: text,
  name: text,
  paymentmethod: text,
  isocode: text,
});

const settingsSchema = z.looseObject({
  terminal: z.looseObject({
    id: text,
    searchKey: text,
    client: text,
    organization: text,
    businessPartner: text,
    partnerAddress: text,
    priceList: text,
    currency: text,
    currency$_identifier: text,
    warehouse: text,
    docNoPrefix: text,
    returnDocNoPrefix: z.string().nullish(),
    lastDocumentNumber: z.number().int(),
    lastReturnDocumentNumber: z.number().int(),
    terminalType: z.looseObject({
      documentType: text,
      documentTypeForReturns: text,
      /** Between two loads of what is new in the master data. */
      minutestorefreshdatainc: z.number().nullish(),
    }),
  }),
  pricelist: z.looseObject({ id: text, name: z.string().nullish(), priceIncludesTax: z.boolean() }),
  currency: z.looseObject({ obposPosprecision: z.number().int().min(0).max(6) }),
  payments: z.array(paymentSchema).min(1),
  cashMgmtDepositEvents: z.array(cashEventSchema),
  cashMgmtDropEvents: z.array(cashEventSchema),
});

/** What `term.Terminal` says, as far as a till sells by it. */
export type TerminalSettings = z.infer<typeof settingsSchema>;
export type PaymentMethod = z.infer<typeof paymentSchema>;
export type CashEvent = z.infer<typeof cashEventSchema>;

/** Reads the answer, a list of objects with one key each; else what is wrong with it. */
export function readSettings(
  data: Json | undefined,
): { settings: TerminalSettings } | { fault: string } {
  const parts = Array.isArray(data) ? data.filter(isJsonObject) : [];
  const parsed = settingsSchema.safeParse(Object.assign({}, ...parts));
  if (parsed.success) return { settings: parsed.data };
  const issue = parsed.error.issues[0];
  return {
    fault: `${issue?.path.join('.') ?? 'term.Terminal'}: ${issue?.message ?? 'not understood'}`,
  };
}

/** The prefix of the document numbers of returns: their own, else that of sales. */
export function returnPrefix({ terminal }: TerminalSettings): string {
  return terminal.returnDocNoPrefix ?? terminal.docNoPrefix;
}

/** The payment method that is cash; the first one where none says so. */
export function cashMethod(settings: TerminalSettings): PaymentMethod {
  const [first] = settings.payments;
  const cash = settings.payments.find(({ paymentMethod }) => paymentMethod.iscash) ?? first;
  if (cash === undefined) throw new Error('settings without payments were let through');
  return cash;
}
