import { useFormat, useNow } from '../time.ts';

/** A time as people read it ("2 minutes ago", or the time of day), exact on hover. */
export function Moment({ at, relative = false }: { at: string; relative?: boolean }) {
  const format = useFormat();
  const nowMs = useNow();
  return (
    <time dateTime={at} title={format.exact(at)} className="br-number">
      {relative ? format.relative(at, nowMs) : format.moment(at, nowMs)}
    </time>
  );
}
