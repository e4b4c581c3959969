import { useTranslation } from 'react-i18next';
import type { EntryDetail, Overview } from '../../../server/contract/manage.ts';
import { useFormat } from '../../time.ts';
import { counted } from '../../words.ts';
import { Pairs, Section } from './section.tsx';

/** What identifies the entry and proves where it stands. */
export function Facts(props: { entry: EntryDetail; overview: Overview | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { entry, overview } = props;
  const amount =
    entry.grossMinor === null || overview === undefined
      ? null
      : format.money(entry.grossMinor, overview.today.currency, overview.today.precision);
  return (
    <Section title={t('queue.entry.facts')}>
      <Pairs
        pairs={[
          { name: t('queue.entry.till'), value: entry.terminalName },
          { name: t('queue.entry.accepted'), value: format.exact(entry.acceptedAt) },
          { name: t('queue.entry.document'), value: entry.documentNo },
          { name: t('queue.entry.amount'), value: amount },
          {
            name: t('queue.entry.size'),
            value: t('queue.entry.sizeValue', {
              ...counted(entry.records, format.number(entry.records)),
              bytes: format.bytes(entry.bytes),
            }),
          },
          { name: t('queue.entry.service'), value: entry.service },
          { name: t('queue.entry.messageId'), value: <code>{entry.messageId}</code> },
          {
            name: t('queue.entry.journal'),
            value: t('queue.entry.journalValue', {
              epoch: format.number(entry.serverEpoch),
              seq: format.number(entry.serverSeq),
            }),
          },
          {
            name: t('queue.entry.tillSeq'),
            value: entry.tillSeq === null ? null : format.number(entry.tillSeq),
          },
          { name: t('queue.entry.digest'), value: <code>{entry.digest}</code> },
        ]}
      />
    </Section>
  );
}
