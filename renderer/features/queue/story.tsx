import { useTranslation } from 'react-i18next';
import type { EntryDetail } from '../../../server/contract/manage.ts';
import { useFormat } from '../../time.ts';
import { Section } from './section.tsx';
import classes from './story.module.css';

/** What happened to the entry, oldest first. */
export function Story({ story }: { story: EntryDetail['story'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Section title={t('queue.entry.story')}>
      <ol className={classes['story']}>
        {story.map((line, index) => (
          <li key={index} className={classes['line']}>
            <time dateTime={line.at} className="br-quiet br-small br-number">
              {format.exact(line.at)}
            </time>
            <p className="br-break">
              <strong>{line.kind}</strong>
              {line.detail === '' ? null : <> {line.detail}</>}
            </p>
          </li>
        ))}
      </ol>
    </Section>
  );
}
