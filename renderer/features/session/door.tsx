import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import mark from '../../mark.svg';
import { LanguageMenu, ThemeMenu } from '../../ui/choices.tsx';
import classes from './door.module.css';

/** The frame of the screens before the log-in. */
export function Door(props: { title: string; lead: string; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className={classes['page']}>
      <div className={classes['choices']}>
        <LanguageMenu />
        <ThemeMenu />
      </div>
      <main className={classes['door']}>
        <p className={classes['brand']}>
          <img src={mark} alt="" width={36} height={36} />
          {t('app.name')}
        </p>
        <h1>{props.title}</h1>
        <p className="br-quiet">{props.lead}</p>
        {props.children}
      </main>
    </div>
  );
}

/** A sentence about what went wrong, read out when it appears. It keeps its place when empty. */
export function FormFault({ words }: { words: string | undefined }) {
  return (
    <p role="alert" className={classes['fault']} data-shown={words !== undefined}>
      {words}
    </p>
  );
}
