import { Button, PasswordInput } from '@mantine/core';
import { IconKeyboard } from '@tabler/icons-react';
import { useState } from 'react';
import type { Cashier } from '../../../keeping.ts';
import type { LogInResult, PosDoor, PosTill } from '../../../pos-till.ts';
import type { Words } from '../../i18n.ts';
import { useWords } from '../../i18n.ts';
import { Keypad } from '../../ui/keypad.tsx';
import { useTask } from '../../ui/use-task.ts';
import classes from './door.module.css';

const MOST_CHARACTERS = 64;

/** Asks for the PIN, or a password with letters. */
export function Secret(props: {
  door: PosDoor;
  cashier: Cashier;
  onBack: () => void;
  onOpen: (till: PosTill) => void;
}) {
  const { t, language } = useWords();
  const [secret, setSecret] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const [hasKeyboard, setHasKeyboard] = useState(false);
  const task = useTask();
  const logIn = (): void => {
    if (secret === '') return;
    void task.run(async () => {
      setRefusal(null);
      const result = await props.door.logIn(props.cashier.userName, secret);
      if (result.ok) props.onOpen(result.till);
      else {
        setSecret('');
        setRefusal(refusalText(result, t, language));
      }
    });
  };
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        logIn();
      }}
    >
      <PasswordInput
        size="xl"
        label={t('door.secretOf', { name: props.cashier.name })}
        value={secret}
        onChange={(event) => setSecret(event.currentTarget.value.slice(0, MOST_CHARACTERS))}
        error={refusal ?? task.fault}
        inputMode={hasKeyboard ? 'text' : 'none'}
        autoComplete="off"
        visibilityToggleButtonProps={{ 'aria-label': t('door.show') }}
        autoFocus
      />
      <Keypad
        onKey={(key) => {
          if (key === 'back') setSecret(secret.slice(0, -1));
          else if (key === 'clear') setSecret('');
          else setSecret(`${secret}${key}`.slice(0, MOST_CHARACTERS));
        }}
      />
      <Button type="submit" size="xl" loading={task.isBusy}>
        {t('door.logIn')}
      </Button>
      <div className={classes['lesser']}>
        <Button variant="default" size="lg" onClick={props.onBack}>
          {t('door.back')}
        </Button>
        <Button
          variant="default"
          size="lg"
          leftSection={<IconKeyboard size={20} aria-hidden />}
          aria-pressed={hasKeyboard}
          onClick={() => setHasKeyboard(!hasKeyboard)}
        >
          {t('door.letters')}
        </Button>
      </div>
    </form>
  );
}

function refusalText(result: LogInResult & { ok: false }, t: Words, language: string): string {
  switch (result.why) {
    case 'refused':
    case 'wrong':
      return t('door.wrong');
    case 'unknownOffline':
      return t('door.unknownOffline');
    case 'needsServer':
      return t('door.needsServerNow', { reason: result.message });
    case 'locked': {
      const time = new Intl.DateTimeFormat(language, { timeStyle: 'medium' });
      return t('door.locked', { time: time.format(result.untilMs) });
    }
  }
}
