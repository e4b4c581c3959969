import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { EntryDetail } from '../../../server/contract/manage.ts';
import { useFormat } from '../../time.ts';
import { Section } from './section.tsx';
import classes from './story.module.css';

const KINDS = [
  'accepted',
  'failed',
  'acknowledged',
  'rejected',
  'parked',
  'applied',
  'retried',
] as const;

/** What happened to the entry, oldest first; it always begins with its acceptance. */
export function Story({ entry }: { entry: EntryDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const lines = [{ at: entry.acceptedAt, kind: 'accepted', detail: '' }, ...entry.story];
  return (
    <Section title={t('queue.entry.story')}>
      <ol className={classes['story']}>
        {lines.map((line, index) => (
          <li key={index} className={classes['line']} data-kind={line.kind}>
            <time dateTime={line.at} className="br-quiet br-small br-number">
              {format.exact(line.at)}
            </time>
            <p className="br-break">
              <strong>{kindWord(t, line.kind)}</strong>
              {line.detail === '' ? null : <>: {line.detail}</>}
            </p>
          </li>
        ))}
      </ol>
    </Section>
  );
}

/** The kind in a word; a newer server's kind that is not known here is shown as it came. */
function kindWord(t: TFunction, kind: string): string {
  const known = KINDS.find((name) => name === kind);
  return known === undefined ? kind : t(`storyKind.${known}`);
}
