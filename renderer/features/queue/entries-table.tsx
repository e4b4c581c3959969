import type { FocusEvent, KeyboardEvent, PointerEvent } from 'react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Overview } from '../../../server/contract/manage.ts';
import { useFormat } from '../../time.ts';
import { Moment } from '../../ui/moment.tsx';
import { Pill } from '../../ui/pill.tsx';
import table from '../../ui/table.module.css';
import { ENTRY_LOOK, serviceWord } from '../../words.ts';
import classes from './entries-table.module.css';
import type { ShownRow } from './held-rows.ts';

/** The list itself. One stop for Tab; the arrows, Home and End move within it; Enter opens. */
export function EntriesTable(props: {
  rows: readonly ShownRow[];
  overview: Overview | undefined;
  onOpen: (entryNo: number) => void;
  onReading: (reading: boolean) => void;
}) {
  const { t } = useTranslation();
  const { rows, overview, onOpen } = props;
  const [activeNo, setActiveNo] = useState<number | null>(null);
  const reading = useReading(props.onReading);
  const body = useRef<HTMLTableSectionElement>(null);
  const stop = rows.some((row) => row.entryNo === activeNo) ? activeNo : rows[0]?.entryNo;
  const wide = table['wide'] ?? '';
  return (
    <div className={table['scroll']} {...reading}>
      <table className={table['table']} aria-label={t('queue.entries.title')}>
        <thead>
          <tr>
            <th scope="col">{t('queue.entries.no')}</th>
            <th scope="col">{t('queue.entries.what')}</th>
            <th scope="col">{t('queue.entries.state')}</th>
            <th scope="col" className={wide}>
              {t('queue.entries.till')}
            </th>
            <th scope="col" className={wide}>
              {t('queue.entries.at')}
            </th>
            <th scope="col" className={table['end']}>
              {t('queue.entries.amount')}
            </th>
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={(event) => moveFocus(event, body.current)}>
          {rows.map((row) => (
            <Row
              key={row.entryNo}
              row={row}
              overview={overview}
              tabIndex={row.entryNo === stop ? 0 : -1}
              onFocus={() => setActiveNo(row.entryNo)}
              onOpen={() => onOpen(row.entryNo)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row(props: {
  row: ShownRow;
  overview: Overview | undefined;
  tabIndex: number;
  onFocus: () => void;
  onOpen: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { row, overview } = props;
  const no = String(row.entryNo);
  const service = serviceWord(t, row.service);
  const what = row.documentNo === null ? service : `${service} ${row.documentNo}`;
  const wide = table['wide'] ?? '';
  return (
    <tr className={classes['row']} data-gone={row.gone} onClick={props.onOpen}>
      <th scope="row">
        <button
          type="button"
          className={classes['open']}
          tabIndex={props.tabIndex}
          onFocus={props.onFocus}
          aria-label={t('queue.entries.open', { no, what })}
          data-entry={row.entryNo}
        >
          {no}
        </button>
      </th>
      <td className={classes['what']}>
        <span>{service}</span> <span className="br-quiet br-number">{row.documentNo}</span>
        {row.reason === null ? null : (
          <span className={classes['reason']} title={row.reason}>
            {row.reason}
          </span>
        )}
      </td>
      <td>
        <Pill {...ENTRY_LOOK[row.state]}>{t(`entryState.${row.state}`)}</Pill>
      </td>
      <td className={wide}>{row.terminalName}</td>
      <td className={wide}>
        <Moment at={row.acceptedAt} />
      </td>
      <td className={table['end']}>
        {row.grossMinor === null || overview === undefined ? (
          <span className="br-quiet">–</span>
        ) : (
          format.money(row.grossMinor, overview.today.currency, overview.today.precision)
        )}
      </td>
    </tr>
  );
}

/** Tells whether somebody is reading here: by mouse, or with the focus inside. */
function useReading(onReading: (reading: boolean) => void) {
  const within = useRef({ pointer: false, focus: false });
  const tell = (part: Partial<typeof within.current>): void => {
    Object.assign(within.current, part);
    onReading(within.current.pointer || within.current.focus);
  };
  return {
    onPointerEnter: (event: PointerEvent) => tell({ pointer: event.pointerType === 'mouse' }),
    onPointerLeave: () => tell({ pointer: false }),
    onFocus: () => tell({ focus: true }),
    onBlur: (event: FocusEvent) => {
      if (!event.currentTarget.contains(event.relatedTarget)) tell({ focus: false });
    },
  };
}

function moveFocus(event: KeyboardEvent, body: HTMLElement | null): void {
  const buttons = [...(body?.querySelectorAll<HTMLButtonElement>('button[data-entry]') ?? [])];
  const at = buttons.findIndex((button) => button === document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (at === -1 || to === undefined) return;
  event.preventDefault();
  buttons[Math.min(buttons.length - 1, Math.max(0, to))]?.focus();
}
