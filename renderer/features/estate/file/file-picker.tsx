import { Button, FileButton } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { useState } from 'react';
import type { DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../time.ts';
import { LARGEST_MEGABYTES } from './chosen-file.ts';
import classes from './file.module.css';

/** Takes a file: chosen with the button, or dropped. */
export function FilePicker(props: { another: boolean; onFile: (file: File) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file !== undefined) props.onFile(file);
  };
  return (
    <div
      className={classes['drop']}
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <FileButton
        accept=".json,.yaml,.yml,application/json,application/yaml"
        inputProps={{ 'aria-label': t('estate.file.chosen'), tabIndex: -1 }}
        onChange={(file) => {
          if (file !== null) props.onFile(file);
        }}
      >
        {(button) => (
          <Button
            {...button}
            variant={props.another ? 'default' : 'filled'}
            leftSection={<IconFileUpload size={18} aria-hidden />}
          >
            {t(props.another ? 'estate.file.another' : 'estate.file.choose')}
          </Button>
        )}
      </FileButton>
      <span className="br-quiet br-small">
        {t('estate.file.drop', { megabytes: format.number(LARGEST_MEGABYTES) })}
      </span>
    </div>
  );
}
