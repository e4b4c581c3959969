import {
  IconBuildingStore,
  IconCircleCheck,
  IconCloudOff,
  IconDownload,
  IconHourglass,
  IconRefresh,
  IconSend,
} from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Overview } from '../../../server/contract/manage.ts';
import type { Format } from '../../format.ts';
import { useFormat, useNow } from '../../time.ts';
import { announce } from '../../ui/announce.tsx';
import type { Tone } from '../../ui/tone.ts';
import { counted } from '../../words.ts';
import { headlineOf } from './headline.ts';
import type { Headline } from './headline.ts';
import classes from './headline-card.module.css';

const LOOK: Record<Headline['kind'], { tone: Tone; icon: Icon }> = {
  noMain: { tone: 'care', icon: IconBuildingStore },
  loading: { tone: 'busy', icon: IconDownload },
  allSafe: { tone: 'good', icon: IconCircleCheck },
  allApplied: { tone: 'good', icon: IconCircleCheck },
  sending: { tone: 'good', icon: IconSend },
  waiting: { tone: 'calm', icon: IconHourglass },
  toOnline: { tone: 'busy', icon: IconRefresh },
  toOffline: { tone: 'care', icon: IconRefresh },
  partly: { tone: 'care', icon: IconCloudOff },
  offline: { tone: 'care', icon: IconCloudOff },
};

/** The state of this server in a plain sentence, told to screen readers when its kind changes. */
export function HeadlineCard({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nowMs = useNow();
  const headline = headlineOf(overview);
  const { title, body } = wordsOf(headline, t, format, nowMs);
  const { tone, icon: Glyph } = LOOK[headline.kind];
  const { kind } = headline;
  // Only when the kind changes: the sentence itself changes with each count.
  const tell = useEffectEvent(() => announce(title));
  useEffect(() => tell(), [kind]);
  return (
    <section className={classes['card']} data-tone={tone} aria-label={title} data-headline={kind}>
      <span className={classes['icon']}>
        <Glyph size={34} stroke={1.8} aria-hidden />
      </span>
      <div>
        <p className={classes['title']}>{title}</p>
        <p className={classes['body']}>{body}</p>
      </div>
    </section>
  );
}

function wordsOf(
  headline: Headline,
  t: TFunction,
  format: Format,
  nowMs: number,
): { title: string; body: string } {
  switch (headline.kind) {
    case 'noMain':
    case 'allSafe':
      return {
        title: t(`overview.store.${headline.kind}.title`),
        body: t(`overview.store.${headline.kind}.body`),
      };
    case 'allApplied':
      return {
        title: t('overview.main.allApplied.title'),
        body: t('overview.main.allApplied.body'),
      };
    case 'loading': {
      const { model } = headline;
      const rows = format.number(headline.rows);
      return {
        title: t('overview.store.loading.title'),
        body: t('overview.store.loading.body', { model, rows }),
      };
    }
    case 'waiting': {
      const many = counted(headline.count, format.number(headline.count));
      return {
        title: t('overview.main.waiting.title', many),
        body: t('overview.main.waiting.body', many),
      };
    }
    case 'sending': {
      const many = counted(headline.count, format.number(headline.count));
      return {
        title: t('overview.store.sending.title', many),
        body: t('overview.store.sending.body', many),
      };
    }
    case 'toOnline':
    case 'toOffline': {
      const n = format.number(headline.count);
      return {
        title: t(`overview.store.${headline.kind}.title`),
        body: t(`overview.store.${headline.kind}.body`, { n }),
      };
    }
    case 'partly': {
      const many = counted(headline.count, format.number(headline.count));
      const names = format.list(headline.names);
      const time = format.moment(headline.since, nowMs);
      return {
        title: t('overview.store.partly.title', { names, time }),
        body:
          headline.count === 0
            ? t('overview.store.partly.bodyNone', { names })
            : t('overview.store.partly.body', { ...many, names }),
      };
    }
    case 'offline': {
      const many = counted(headline.count, format.number(headline.count));
      const time = format.moment(headline.since, nowMs);
      return {
        title: t('overview.store.offline.title', { time }),
        body:
          headline.count === 0
            ? t('overview.store.offline.bodyNone')
            : t('overview.store.offline.body', many),
      };
    }
  }
}
