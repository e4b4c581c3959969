import { UnstyledButton } from '@mantine/core';
import { IconBackspace } from '@tabler/icons-react';
import { useWords } from '../i18n.ts';
import type { PadKey } from './entry.ts';
import classes from './keypad.module.css';

const DIGITS = ['7', '8', '9', '4', '5', '6', '1', '2', '3'] as const;

/** Digits to be touched. The field beside it takes the keyboard's, so the pad is no stop of the tab key. */
export function Keypad(props: {
  onKey: (key: PadKey) => void;
  /** What the key beside the zero says; none where numbers are whole. */
  decimalSign?: string;
}) {
  const { t } = useWords();
  const key = (name: PadKey, words: string, label?: string) => (
    <UnstyledButton
      key={name}
      className={classes['key']}
      tabIndex={-1}
      aria-label={label}
      // The focus stays in the field, and so does the screen reader.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => props.onKey(name)}
    >
      {name === 'back' ? <IconBackspace size={26} stroke={1.6} aria-hidden /> : words}
    </UnstyledButton>
  );
  return (
    <div className={classes['pad']} role="group" aria-label={t('pad.label')}>
      {DIGITS.map((digit) => key(digit, digit))}
      {props.decimalSign === undefined
        ? key('clear', 'C', t('pad.clear'))
        : key('sign', props.decimalSign, t('pad.sign'))}
      {key('0', '0')}
      {key('back', '', t('pad.back'))}
    </div>
  );
}
