import { UnstyledButton } from '@mantine/core';
import { IconCash, IconCreditCard, IconDeviceMobile, IconTicket } from '@tabler/icons-react';
import { useWords } from '../../i18n.ts';
import { useHotkeys } from '../../ui/hotkeys.ts';
import classes from './pay.module.css';
import type { MethodButton } from './standing.ts';

/** The payment methods, each with its letter. Choosing one takes nothing yet. */
export function MethodList(props: {
  buttons: readonly MethodButton[];
  chosen: string | undefined;
  onChoose: (method: string) => void;
}) {
  const { t } = useWords();
  useHotkeys(
    Object.fromEntries(
      props.buttons.map(({ letter, method }) => [letter, () => props.onChoose(method)] as const),
    ),
  );
  return (
    <div className={classes['methods']} role="group" aria-label={t('pay.methods')}>
      {props.buttons.map((button) => {
        const Glyph = glyphOf(button);
        return (
          <UnstyledButton
            key={button.method}
            className={classes['method']}
            aria-pressed={button.method === props.chosen}
            aria-keyshortcuts={button.letter}
            onClick={() => props.onChoose(button.method)}
          >
            <Glyph size={26} stroke={1.6} aria-hidden />
            <span>{button.name}</span>
            {button.letter === '' ? null : (
              <kbd className="till-kbd" aria-hidden>
                {button.letter.toUpperCase()}
              </kbd>
            )}
          </UnstyledButton>
        );
      })}
    </div>
  );
}

function glyphOf({ isCash, method }: MethodButton) {
  if (isCash) return IconCash;
  if (/voucher|gift/i.test(method)) return IconTicket;
  return /mobile|phone|bizum/i.test(method) ? IconDeviceMobile : IconCreditCard;
}
