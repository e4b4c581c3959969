import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Holds the place of a list while it is loaded. */
export function RowsSkeleton({ rows, height = 44 }: { rows: number; height?: number }) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('app.loading')} style={{ padding: '0 1.25rem 1.25rem' }}>
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} height={height - 12} mt={12} radius="sm" />
      ))}
    </div>
  );
}
