import { Button, Modal, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { SubmitEvent } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../client.ts';
import { useFormat } from '../../time.ts';
import { FormFault } from './door.tsx';
import classes from './join-code.module.css';
import { faultWords } from './fault-words.ts';
import { NO_LANDMARK } from '../../ui/window.ts';

/** Makes a one-time code with which a store server joins this main. */
export function JoinCodeWindow(props: {
  opened: boolean;
  /** The server that it is for, where that is known already. */
  serverKey?: string;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { opened, onClose, serverKey: known = '' } = props;
  const [serverKey, setServerKey] = useState(known);
  const create = useMutation({ mutationFn: client.createJoinCode });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!create.isPending) create.mutate({ serverKey });
  };
  const close = (): void => {
    create.reset();
    setServerKey(known);
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('joinCode.title')}
      closeButtonProps={{ 'aria-label': t('queue.entry.close') }}
      attributes={NO_LANDMARK}
      centered
      zIndex={300}
    >
      {create.data ? (
        <div className={classes['form']}>
          <p>{t('joinCode.result', { key: serverKey })}</p>
          <p className={classes['code']} role="status">
            {create.data.code}
          </p>
          <p className="br-quiet">
            {t('joinCode.until', { time: format.exact(create.data.expiresAt) })}
          </p>
          <code className={classes['command']}>
            backroom serve --role store --server-key {serverKey} --main {window.location.origin}{' '}
            --join-code {create.data.code}
          </code>
          <Button onClick={close}>{t('joinCode.done')}</Button>
        </div>
      ) : (
        <form className={classes['form']} onSubmit={submit}>
          <p className="br-quiet">{t('joinCode.lead')}</p>
          <TextInput
            label={t('joinCode.key')}
            value={serverKey}
            onChange={(event) => setServerKey(event.currentTarget.value)}
            maxLength={32}
            spellCheck={false}
            data-autofocus
            required
            withAsterisk={false}
          />
          <FormFault words={create.error ? faultWords(t, create.error) : undefined} />
          <Button type="submit" loading={create.isPending}>
            {t('joinCode.submit')}
          </Button>
        </form>
      )}
    </Modal>
  );
}
