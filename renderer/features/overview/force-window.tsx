import { Button, Modal, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { SubmitEvent } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../client.ts';
import { refresh } from '../../queries.ts';
import { NO_LANDMARK } from '../../ui/window.ts';
import { FormFault } from '../session/door.tsx';
import { faultWords } from '../session/fault-words.ts';
import classes from '../session/join-code.module.css';

/** The server takes no shorter reason. */
const SHORTEST_REASON = 3;

/** Takes this server offline, or brings it back, by hand: with a reason that others read. */
export function ForceWindow(props: {
  to: 'online' | 'offline';
  opened: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { to, opened, onClose } = props;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t(to === 'online' ? 'overview.servers.onlineTitle' : 'overview.servers.offlineTitle')}
      closeButtonProps={{ 'aria-label': t('queue.entry.close') }}
      attributes={NO_LANDMARK}
      centered
    >
      <Form to={to} onClose={onClose} />
    </Modal>
  );
}

function Form({ to, onClose }: { to: 'online' | 'offline'; onClose: () => void }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [reason, setReason] = useState('');
  const force = useMutation({
    mutationFn: client.forceState,
    onSuccess: () => {
      onClose();
      void refresh(queryClient, ['states', 'overview', 'uptake']);
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!force.isPending) force.mutate({ to, reason });
  };
  return (
    <form className={classes['form']} onSubmit={submit}>
      <p className="br-quiet">
        {t(to === 'online' ? 'overview.servers.onlineBody' : 'overview.servers.offlineBody')}
      </p>
      <Textarea
        label={t('overview.servers.reason')}
        description={t('overview.servers.reasonHint')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        minLength={SHORTEST_REASON}
        maxLength={300}
        withAsterisk={false}
        data-autofocus
        required
      />
      <FormFault words={force.error ? faultWords(t, force.error) : undefined} />
      <Button type="submit" loading={force.isPending}>
        {t(to === 'online' ? 'overview.servers.bringOnline' : 'overview.servers.takeOffline')}
      </Button>
    </form>
  );
}
