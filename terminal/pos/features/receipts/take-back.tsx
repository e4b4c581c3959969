import { ActionIcon, Button } from '@mantine/core';
import { IconMinus, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { OpenedReceipt, SoldTicket } from '../../../pos-till.ts';
import { useWords } from '../../i18n.ts';
import { useFormat, useTill } from '../../till-context.tsx';
import { Banner } from '../../ui/banner.tsx';
import panes from '../../ui/panes.module.css';
import { useTask } from '../../ui/use-task.ts';
import { MethodList } from '../pay/method-list.tsx';
import { methodButtons } from '../pay/standing.ts';
import { ONE } from '../sell/typed.ts';
import classes from './receipt.module.css';
import type { Taking } from './taking.ts';
import { aboutMinor, everything, stepped, wantedLines } from './taking.ts';

/** Chooses what comes back of a sale, and pays it back. */
export function TakeBack(props: {
  receipt: OpenedReceipt;
  onBack: () => void;
  onReturned: (returned: SoldTicket) => void;
}) {
  const { t } = useWords();
  const till = useTill();
  const format = useFormat();
  const task = useTask();
  const { receipt } = props;
  const refundable = new Set(
    till.settings.payments.flatMap(({ payment, paymentMethod }) =>
      paymentMethod.refundable ? [payment.searchKey] : [],
    ),
  );
  const buttons = methodButtons(till.settings).filter(({ method }) => refundable.has(method));
  const [method, setMethod] = useState(buttons[0]?.method);
  const [taking, setTaking] = useState<Taking>(new Map());
  const wanted = wantedLines(taking);
  const takeBack = (): void => {
    if (method === undefined) return;
    void task.run(async () => props.onReturned(await till.takeBack(receipt, wanted, method)));
  };
  return (
    <div className={classes['receipt']}>
      <h2>{t('takeBack.title', { number: receipt.found.documentNo })}</h2>
      <ul className={classes['lines']}>
        {receipt.lines.map((line) => (
          <li key={line.lineId}>
            <div>
              <p className={panes['strong']}>{line.name}</p>
              <p className={panes['quiet']}>
                {t('takeBack.left', {
                  left: format.quantity(line.returnableQuantity),
                  sold: format.quantity(line.quantity),
                  sum: format.money(line.grossMinor),
                })}
              </p>
            </div>
            <div className={classes['stepper']} role="group" aria-label={line.name}>
              <ActionIcon
                variant="default"
                size={48}
                aria-label={t('takeBack.less', { name: line.name })}
                disabled={(taking.get(line.lineId) ?? 0) === 0}
                onClick={() => setTaking(stepped(taking, line, -ONE))}
              >
                <IconMinus size={20} aria-hidden />
              </ActionIcon>
              <span>{format.quantity(taking.get(line.lineId) ?? 0)}</span>
              <ActionIcon
                variant="default"
                size={48}
                aria-label={t('takeBack.more', { name: line.name })}
                disabled={(taking.get(line.lineId) ?? 0) >= line.returnableQuantity}
                onClick={() => setTaking(stepped(taking, line, ONE))}
              >
                <IconPlus size={20} aria-hidden />
              </ActionIcon>
            </div>
          </li>
        ))}
      </ul>
      <Button variant="default" size="lg" onClick={() => setTaking(everything(receipt.lines))}>
        {t('takeBack.all')}
      </Button>
      <h3>{t('takeBack.how')}</h3>
      <MethodList buttons={buttons} chosen={method} onChoose={setMethod} />
      {task.fault === null ? null : <Banner tone="bad">{task.fault}</Banner>}
      <div className={panes['actions']}>
        <Button variant="default" size="xl" onClick={props.onBack}>
          {t('takeBack.back')}
        </Button>
        <Button
          size="xl"
          disabled={wanted.length === 0 || method === undefined}
          loading={task.isBusy}
          onClick={takeBack}
        >
          {wanted.length === 0
            ? t('takeBack.nothing')
            : t('takeBack.do', { sum: format.money(aboutMinor(taking, receipt.lines)) })}
        </Button>
      </div>
    </div>
  );
}
