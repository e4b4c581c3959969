import { Button } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../time.ts';
import { announce } from '../../ui/announce.tsx';
import { Section } from './section.tsx';
import classes from './message-text.module.css';

/** Characters of a message that are put on the page. */
const SHOWN = 100_000;

/** The message as the till sent it, laid out for reading. */
export function MessageText({ body }: { body: string | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (body === null) {
    return (
      <Section title={t('queue.entry.message')}>
        <p className="br-quiet">{t('queue.entry.notJson')}</p>
      </Section>
    );
  }
  const text = layOut(body);
  return (
    <Section title={t('queue.entry.message')} side={<CopyButton text={body} />}>
      <pre
        className={classes['text']}
        tabIndex={0}
        role="group"
        aria-label={t('queue.entry.message')}
      >
        {text.slice(0, SHOWN)}
      </pre>
      {text.length > SHOWN ? (
        <p className="br-quiet br-small">
          {t('queue.entry.messageShort', { bytes: format.bytes(SHOWN) })}
        </p>
      ) : null}
    </Section>
  );
}

function CopyButton({ text }: { text: string }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    announce(t('queue.entry.copied'));
  };
  // Browsers give the clipboard only to pages that came over a safe line.
  if (!window.isSecureContext) return null;
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      leftSection={
        copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />
      }
      onClick={() => void copy().catch(() => setCopied(false))}
    >
      {t(copied ? 'queue.entry.copied' : 'queue.entry.copy')}
    </Button>
  );
}

/** Indented; as it is where it cannot be read. Numbers may be written differently than they came. */
function layOut(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
