import type { Customer } from '../../../catalogue.ts';
import type { NewCustomer } from '../../../customer.ts';

export type Address = NewCustomer['address'];

/** An address in one line; '' where there is none. */
export function addressText({ billTo, shipTo }: Customer): string {
  const place = billTo ?? shipTo;
  if (place === undefined) return '';
  const town = [place.postalCode, place.cityName].filter(Boolean).join(' ');
  return [place.name, town].filter(Boolean).join(', ');
}

/** The address to begin a change with. */
export function addressOf(
  { billTo, shipTo }: Customer,
  country: { id: string; name: string },
): Address {
  const place = billTo ?? shipTo;
  return {
    street: place?.name ?? '',
    postalCode: place?.postalCode ?? '',
    city: place?.cityName ?? '',
    countryId: place?.countryId ?? country.id,
    country: place?.countryName ?? country.name,
  };
}

/** Whether it says enough to send something there. */
export function isComplete({ street, postalCode, city }: Address): boolean {
  return [street, postalCode, city].every((part) => part.trim() !== '');
}
