import { TextInput } from '@mantine/core';
import { tidy } from './entry.ts';
import classes from './keypad.module.css';

/** A number that is typed or entered with the {@link Keypad}: the screen's own keyboard stays away. */
export function NumberField(props: {
  label: string;
  value: string;
  decimals: number;
  decimalSign: string;
  onChange: (entry: string) => void;
  placeholder?: string;
  autoFocus?: boolean;
  isSmall?: boolean;
  isLabelHidden?: boolean;
  /** Names the field for whoever gives it the focus. */
  id?: string;
}) {
  return (
    <TextInput
      {...(props.id === undefined ? {} : { id: props.id })}
      size={props.isSmall === true ? 'md' : 'xl'}
      label={props.isLabelHidden === true ? undefined : props.label}
      aria-label={props.isLabelHidden === true ? props.label : undefined}
      value={props.value.replace('.', props.decimalSign)}
      placeholder={props.placeholder}
      onChange={(event) => props.onChange(tidy(event.currentTarget.value, props.decimals))}
      inputMode={props.isSmall === true ? 'decimal' : 'none'}
      autoComplete="off"
      data-autofocus={props.autoFocus}
      autoFocus={props.autoFocus}
      classNames={{ input: classes['field'] ?? '' }}
    />
  );
}
