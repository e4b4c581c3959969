import { Button, Loader } from '@mantine/core';
import { IconArrowBackUp, IconPrinter } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { FoundReceipt, OpenedReceipt, SoldTicket } from '../../../pos-till.ts';
import { useWords } from '../../i18n.ts';
import { useTill } from '../../till-context.tsx';
import { Banner } from '../../ui/banner.tsx';
import panes from '../../ui/panes.module.css';
import { PrintArea } from '../../ui/print.tsx';
import { faultText } from '../../ui/use-task.ts';
import { Paper } from './paper.tsx';
import classes from './receipt.module.css';
import { TakeBack } from './take-back.tsx';
import { Where } from './where.tsx';

/** A receipt, opened: as paper, to be printed again or taken back. */
export function Receipt(props: {
  found: FoundReceipt;
  onReturned: (returned: SoldTicket) => void;
}) {
  const { t } = useWords();
  const { receipt, fault } = useOpened(props.found);
  const [isTaking, setIsTaking] = useState(false);
  if (fault !== null) return <Banner tone="bad">{fault}</Banner>;
  if (receipt === null) return <Loader aria-label={t('receipts.looking')} />;
  const isReturnable = receipt.lines.some(({ returnableQuantity }) => returnableQuantity > 0);
  if (isTaking) {
    return (
      <TakeBack receipt={receipt} onBack={() => setIsTaking(false)} onReturned={props.onReturned} />
    );
  }
  return (
    <div className={classes['receipt']}>
      <div className={panes['actions']}>
        <Button
          variant="default"
          size="lg"
          leftSection={<IconPrinter size={22} aria-hidden />}
          onClick={() => window.print()}
        >
          {t('receipts.print')}
        </Button>
        <Button
          size="lg"
          disabled={!isReturnable}
          leftSection={<IconArrowBackUp size={22} aria-hidden />}
          onClick={() => setIsTaking(true)}
        >
          {t('receipts.takeBack')}
        </Button>
        <Where where={props.found.where} />
      </div>
      {isReturnable || props.found.kind === 'return' ? null : (
        <p className="till-quiet">{t('receipts.nothingLeft')}</p>
      )}
      <Paper receipt={receipt} />
      <PrintArea>
        <Paper receipt={receipt} />
      </PrintArea>
    </div>
  );
}

function useOpened(found: FoundReceipt) {
  const { t } = useWords();
  const till = useTill();
  const [receipt, setReceipt] = useState<OpenedReceipt | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => {
    let isOver = false;
    till.openReceipt(found).then(
      (opened) => {
        if (!isOver) setReceipt(opened);
      },
      (reason: unknown) => {
        if (!isOver) setFault(faultText(reason, t));
      },
    );
    return () => {
      isOver = true;
    };
  }, [till, found, t]);
  return { receipt, fault };
}
