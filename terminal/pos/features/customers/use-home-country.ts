import { useCatalogue, useWalkIn } from '../../till-context.tsx';

/** The country that most addresses here are in: the one of the shop's own walk-in customer. */
export function useHomeCountry(): { id: string; name: string } {
  const { countries } = useCatalogue();
  const walkIn = useWalkIn();
  const place = walkIn?.billTo ?? walkIn?.shipTo;
  const own = countries.find(({ id }) => id === place?.countryId);
  return own ?? countries[0] ?? { id: '', name: '' };
}
