import { useWords } from '../../i18n.ts';
import { Window } from '../../ui/window.tsx';
import { SCREENS } from './screens.ts';
import classes from './shortcuts.module.css';

/** Lists what the keyboard can do. */
export function Shortcuts({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const lines = [
    ...SCREENS.map(({ key, word }) => [key, t(word)] as const),
    ['Enter', t('keys.add')] as const,
    ['3*', t('keys.quantity')] as const,
    ['↑ ↓', t('keys.mark')] as const,
    ['F8', t('keys.discount')] as const,
    ['F6', t('keys.aside')] as const,
    ['F9', t('keys.pay')] as const,
    ['+ − Del', t('keys.line')] as const,
    ['Esc', t('keys.back')] as const,
  ];
  return (
    <Window title={t('menu.shortcuts')} onClose={onClose}>
      <dl className={classes['list']}>
        {lines.map(([key, words]) => (
          <div key={key}>
            <dt>
              <kbd className="till-kbd">{key}</kbd>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </Window>
  );
}
