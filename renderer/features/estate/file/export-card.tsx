import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { estateFileUrl } from '../../../estate-client.ts';
import { Card } from '../../../ui/card.tsx';
import classes from './file.module.css';

/** All definitions as a file, in either format. */
export function ExportCard() {
  const { t } = useTranslation();
  return (
    <Card title={t('estate.file.title')} hint={t('estate.file.hint')}>
      <div className={classes['buttons']}>
        {(['json', 'yaml'] as const).map((format) => (
          <Button
            key={format}
            component="a"
            href={estateFileUrl(format)}
            download={`estate.${format}`}
            variant="default"
            leftSection={<IconDownload size={18} aria-hidden />}
          >
            {t(`estate.file.download.${format}`)}
          </Button>
        ))}
      </div>
    </Card>
  );
}
