import { Button, Loader, TextInput, UnstyledButton } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useCallback, useEffect, useState } from 'react';
import type { Cashier } from '../../../keeping.ts';
import type { DoorView, PosDoor, PosTill } from '../../../pos-till.ts';
import { useWords } from '../../i18n.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Choices } from '../../ui/choices.tsx';
import { faultText } from '../../ui/use-task.ts';
import classes from './door.module.css';
import { initialsOf } from './initials.ts';
import { Notices } from './notices.tsx';
import { Secret } from './secret.tsx';

/** How often the log-in page looks whether a server answers. */
const LOOK_MS = 10_000;

interface DoorProps {
  door: PosDoor;
  onOpen: (till: PosTill) => void;
}

/** The log-in page: who sells, and what this till is able to. */
export function Door({ door, onOpen }: DoorProps) {
  const { t } = useWords();
  const { view, fault } = useDoorView(door);
  const [chosen, setChosen] = useState<Cashier | null>(null);
  const [isTyped, setIsTyped] = useState(false);
  if (view === null) {
    return (
      <main className={classes['page']}>
        {fault === null ? (
          <Loader aria-label={t('door.opening')} />
        ) : (
          <Banner tone="bad">{fault}</Banner>
        )}
      </main>
    );
  }
  const isAsked = chosen === null && (isTyped || view.cashiers.length === 0);
  const back = (): void => {
    setChosen(null);
    setIsTyped(false);
  };
  return (
    <main className={classes['page']}>
      <div className={classes['card']}>
        <header className={classes['head']}>
          <img src={`${import.meta.env.BASE_URL}mark.svg`} alt="" width={44} height={44} />
          <div>
            <h1>{view.terminalName}</h1>
            <StateLine view={view} />
          </div>
        </header>
        <Notices view={view} />
        {chosen !== null ? (
          <Secret door={door} cashier={chosen} onBack={back} onOpen={onOpen} />
        ) : isAsked ? (
          <UserName
            {...(view.cashiers.length > 0 ? { onBack: back } : {})}
            onName={(userName) => setChosen({ userId: '', userName, name: userName })}
          />
        ) : (
          <Tiles cashiers={view.cashiers} onChoose={setChosen} onOther={() => setIsTyped(true)} />
        )}
      </div>
      <Choices />
    </main>
  );
}

function useDoorView(door: PosDoor) {
  const { t } = useWords();
  const { timers } = useSurroundings();
  const [view, setView] = useState<DoorView | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const look = useCallback(
    async (signal: AbortSignal) => {
      while (!signal.aborted) {
        try {
          setView(await door.lookIn());
        } catch (reason) {
          setFault(faultText(reason, t));
        }
        await timers.pause(LOOK_MS, signal);
      }
    },
    [door, timers, t],
  );
  useEffect(() => {
    const ended = new AbortController();
    void timers.pause(0, ended.signal).then(() => look(ended.signal));
    return () => ended.abort();
  }, [look, timers]);
  return { view, fault };
}

function StateLine({ view }: { view: DoorView }) {
  const { t } = useWords();
  const isNew = view.catalogueLoadedAtMs === null;
  const state = view.online ? 'online' : isNew ? 'needsServer' : 'offline';
  return (
    <p className={classes['state']} data-state={state} role="status">
      {t(`door.${state}`)}
    </p>
  );
}

function Tiles(props: {
  cashiers: readonly Cashier[];
  onChoose: (cashier: Cashier) => void;
  onOther: () => void;
}) {
  const { t } = useWords();
  return (
    <section aria-label={t('door.who')}>
      <h2 className={classes['who']}>{t('door.who')}</h2>
      <ul className={classes['tiles']}>
        {props.cashiers.map((cashier, index) => (
          <li key={cashier.userId}>
            <UnstyledButton
              className={classes['tile']}
              autoFocus={index === 0}
              onClick={() => props.onChoose(cashier)}
            >
              <span className={classes['initials']} aria-hidden>
                {initialsOf(cashier.name)}
              </span>
              {cashier.name}
            </UnstyledButton>
          </li>
        ))}
        <li>
          <UnstyledButton className={classes['tile']} onClick={props.onOther}>
            <span className={classes['initials']} data-other>
              <IconUserPlus size={26} stroke={1.6} aria-hidden />
            </span>
            {t('door.other')}
          </UnstyledButton>
        </li>
      </ul>
    </section>
  );
}

function UserName(props: { onName: (userName: string) => void; onBack?: () => void }) {
  const { t } = useWords();
  const [name, setName] = useState('');
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') props.onName(name.trim());
      }}
    >
      <TextInput
        size="lg"
        label={t('door.userName')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        autoComplete="username"
        autoFocus
      />
      <Button type="submit" size="lg">
        {t('door.next')}
      </Button>
      {props.onBack === undefined ? null : (
        <Button variant="default" size="lg" onClick={props.onBack}>
          {t('door.back')}
        </Button>
      )}
    </form>
  );
}
