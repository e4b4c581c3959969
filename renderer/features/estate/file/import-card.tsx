import { Button, SegmentedControl } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { unreadEstateSchema } from '../../../../server/contract/estate-api.ts';
import { CallError } from '../../../client.ts';
import { estateClient } from '../../../estate-client.ts';
import { useFormat } from '../../../time.ts';
import { Card } from '../../../ui/card.tsx';
import { failureWords } from '../review/failure-words.ts';
import { useReview } from '../review/use-review.ts';
import { LARGEST_MEGABYTES, readChosen } from './chosen-file.ts';
import type { ChosenFile } from './chosen-file.ts';
import { FileFaults } from './file-faults.tsx';
import { FilePicker } from './file-picker.tsx';
import classes from './file.module.css';

type Others = 'keep' | 'deactivate';

/** Takes an estate file: its faults, or what it would change, and then all of it or nothing. */
export function ImportCard() {
  const { t } = useTranslation();
  const [changeNo, setChangeNo] = useState<number | null>(null);
  const choice = useMutation({ mutationFn: choose, onMutate: () => setChangeNo(null) });
  const name = choice.variables?.name ?? '';
  const megabytes = useFormat().number(LARGEST_MEGABYTES);
  return (
    <Card title={t('estate.file.importTitle')} hint={t('estate.file.importHint')}>
      <div className={classes['body']}>
        <FilePicker another={choice.data !== undefined} onFile={choice.mutate} />
        {choice.error ? (
          <p role="alert" className={classes['bad']}>
            {choice.error instanceof TooLarge
              ? t('estate.file.tooLarge', { name, megabytes })
              : t('estate.file.unreadable', { name })}
          </p>
        ) : null}
        {choice.data === undefined ? null : (
          <Chosen
            key={choice.submittedAt}
            file={choice.data}
            onDone={(made) => {
              setChangeNo(made);
              choice.reset();
            }}
          />
        )}
        {changeNo === null ? null : (
          <p className={classes['good']} role="status">
            {t('estate.file.done', { no: changeNo })}{' '}
            <Link href="/estate/history">{t('estate.file.seeHistory')}</Link>
          </p>
        )}
      </div>
    </Card>
  );
}

class TooLarge extends Error {}

async function choose(file: File): Promise<ChosenFile> {
  const read = await readChosen(file);
  if (read === undefined) throw new TooLarge();
  return read;
}

function Chosen({ file, onDone }: { file: ChosenFile; onDone: (changeNo: number | null) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const review = useReview();
  const [others, setOthers] = useState<Others>('keep');
  const look = useMutation({
    mutationFn: () => {
      const wish = { text: file.text, others, ...(file.format && { format: file.format }) };
      return review({
        title: t('estate.file.titleImport', { name: file.name }),
        send: (manner) => estateClient.applyEstate({ ...wish, ...manner }),
        onDone: ({ changeNo }) => onDone(changeNo),
      });
    },
  });
  const faults =
    look.error instanceof CallError && unreadEstateSchema.safeParse(look.error.answer).data?.faults;
  return (
    <>
      <p className={classes['chosen']}>
        <IconFileText size={20} stroke={1.8} aria-hidden />
        <strong className="br-break">{file.name}</strong>
        <span className="br-quiet br-small">{format.bytes(file.bytes)}</span>
      </p>
      {faults ? <FileFaults name={file.name} faults={faults} /> : null}
      <div>
        <p className={classes['label']} id="estate-file-others">
          {t('estate.file.others')}
        </p>
        <SegmentedControl
          aria-labelledby="estate-file-others"
          value={others}
          onChange={(value) => setOthers(value === 'deactivate' ? 'deactivate' : 'keep')}
          data={(['keep', 'deactivate'] as const).map((value) => ({
            value,
            label: t(`estate.file.${value}`),
          }))}
        />
        <p className="br-quiet br-small">{t(`estate.file.${others}Hint`)}</p>
      </div>
      <div>
        <Button loading={look.isPending} onClick={() => look.mutate()}>
          {t('estate.review.preview')}
        </Button>
      </div>
      {look.error && !faults ? (
        <p role="alert" className={classes['bad']}>
          {failureWords(t, look.error)}
        </p>
      ) : null}
    </>
  );
}
