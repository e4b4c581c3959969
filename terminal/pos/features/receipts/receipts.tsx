import { Loader, TextInput, UnstyledButton } from '@mantine/core';
import { IconReceiptOff, IconSearch } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { useHashLocation } from 'wouter/use-hash-location';
import type { FoundReceipt, SoldTicket } from '../../../pos-till.ts';
import { useWords } from '../../i18n.ts';
import { useNow } from '../../surroundings.tsx';
import { useFormat, usePosStatus, useTill } from '../../till-context.tsx';
import { Empty } from '../../ui/empty.tsx';
import panes from '../../ui/panes.module.css';
import { useFound } from '../../ui/use-found.ts';
import { Done } from '../pay/done.tsx';
import { Receipt } from './receipt.tsx';
import { Where } from './where.tsx';

/** Where a return is shown; the list is one step back. */
const RETURNED = '/receipts/returned';

/** Receipts found by their number: of this till, then of a server. */
export function ReceiptsScreen() {
  const { t } = useWords();
  const till = useTill();
  const [location, navigate] = useHashLocation();
  const { kept, unsent } = usePosStatus();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<FoundReceipt | null>(null);
  const [returned, setReturned] = useState<SoldTicket | null>(null);
  const find = useCallback(() => till.findReceipts(text), [till, text]);
  // What a receipt says of its place changes with these.
  const { items, isLooking } = useFound(find, kept + unsent);
  if (location === RETURNED && returned !== null) {
    return <Done sold={returned} onNext={() => navigate('/')} />;
  }
  const open = chosen;
  return (
    <div className={panes['two']}>
      <section className={panes['list']} aria-label={t('nav.receipts')}>
        <TextInput
          size="lg"
          aria-label={t('receipts.search')}
          placeholder={t('receipts.search')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && items[0] !== undefined) setChosen(items[0]);
          }}
          leftSection={<IconSearch size={22} aria-hidden />}
          rightSection={isLooking ? <Loader size="sm" aria-label={t('receipts.looking')} /> : null}
          autoComplete="off"
          autoFocus
        />
        <ReceiptRows
          receipts={items}
          chosenId={open?.ticketId}
          isLooking={isLooking}
          onChoose={setChosen}
        />
      </section>
      <section className={panes['detail']} aria-label={t('receipts.detail')}>
        {open === null ? (
          <Empty
            icon={IconReceiptOff}
            title={t('receipts.choose')}
            body={t('receipts.chooseHint')}
          />
        ) : (
          <Receipt
            key={open.ticketId}
            found={open}
            onReturned={(done) => {
              setReturned(done);
              setChosen(null);
              navigate(RETURNED);
            }}
          />
        )}
      </section>
    </div>
  );
}

function ReceiptRows(props: {
  receipts: readonly FoundReceipt[];
  chosenId: string | undefined;
  isLooking: boolean;
  onChoose: (found: FoundReceipt) => void;
}) {
  const { t } = useWords();
  const format = useFormat();
  const nowMs = useNow();
  if (props.receipts.length === 0) {
    if (props.isLooking) return null;
    return <Empty icon={IconReceiptOff} title={t('receipts.none')} body={t('receipts.noneHint')} />;
  }
  return (
    <ul className={panes['rows']} tabIndex={-1}>
      {props.receipts.map((found) => (
        <li key={found.ticketId}>
          <UnstyledButton
            className={panes['row']}
            aria-pressed={found.ticketId === props.chosenId}
            onClick={() => props.onChoose(found)}
          >
            <span className={panes['strong']}>{found.documentNo}</span>
            <span className={panes['sum']}>{format.money(found.grossMinor)}</span>
            <span className={panes['quiet']}>
              {format.moment(found.atMs, nowMs)} · {found.customerName}
            </span>
            <Where where={found.where} isShort />
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}
