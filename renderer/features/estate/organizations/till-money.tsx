import { NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import form from '../review/form.module.css';
import type { Faults } from '../review/use-proposal.ts';
import classes from './organizations.module.css';
import { currencyText } from './till-draft.ts';
import type { Till, TillDraft, TillField } from './till-draft.ts';

type MoneyField = 'priceList' | 'currency' | 'client';

/** What a till sells at and in, and whose it is: chosen from what other tills have. */
export function TillMoney(props: {
  draft: TillDraft;
  faults: Faults<TillField>;
  tills: readonly Till[];
  locked: boolean;
  onChange: (part: Partial<TillDraft>) => void;
}) {
  const { t } = useTranslation();
  const { draft, tills } = props;
  const choice = (field: MoneyField, known: readonly (readonly [string, string])[]) => {
    const given = {
      label: t(`estate.field.${field}`),
      value: draft[field],
      error: props.faults[field],
      onChange: (event: { currentTarget: { value: string } }) =>
        props.onChange({ [field]: event.currentTarget.value }),
    };
    const choices = new Map(known);
    if (draft[field] !== '' && !choices.has(draft[field])) choices.set(draft[field], draft[field]);
    // Before the first till there is nothing to choose from.
    if (tills.length === 0) {
      return (
        <TextInput
          {...given}
          readOnly={props.locked}
          description={t(`estate.tills.first.${field}`)}
        />
      );
    }
    return (
      <NativeSelect
        {...given}
        disabled={props.locked}
        data={[...choices].map(([value, label]) => ({ value, label }))}
      />
    );
  };
  return (
    <fieldset className={form['part']}>
      <legend>{t('estate.tills.money')}</legend>
      <div className={classes['triple']}>
        {choice(
          'priceList',
          tills.map((till) => [till.priceList, priceListName(till)]),
        )}
        {choice(
          'currency',
          tills.map(({ currency }) => [currencyText(currency), currency.isoCode]),
        )}
        {choice(
          'client',
          tills.map(({ client }) => [client, client]),
        )}
      </div>
    </fieldset>
  );
}

/** What the till's set-up calls its price list; the definitions know only its id. */
function priceListName({ config, priceList }: Till): string {
  const told = config['pricelist'];
  const name = typeof told === 'object' && told !== null && 'name' in told ? told.name : null;
  return typeof name === 'string' && name !== '' ? name : priceList;
}
