/** The transactions of a till, by what they carry. */
export const SERVICES = {
  customer: 'org.openbravo.retail.posterminal.CustomerLoader',
  customerAddress: 'org.openbravo.retail.posterminal.CustomerAddrLoader',
  order: 'org.openbravo.retail.posterminal.OrderLoader',
  cashMovement: 'org.openbravo.retail.posterminal.ProcessCashMgmt',
  cashUp: 'org.openbravo.retail.posterminal.ProcessCashClose',
} as const;
