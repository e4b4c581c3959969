import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSseReader } from '../../../renderer/sse.ts';

const STREAM =
  'retry: 2000\nevent: snapshot\ndata: {"seq":3}\n\n: still here\n\nid: 4\ndata: {"a":1}\n\nevent: reset\r\ndata: {}\r\n\r\n';
const MESSAGES = [
  { event: 'snapshot', data: '{"seq":3}' },
  { event: 'message', data: '{"a":1}' },
  { event: 'reset', data: '{}' },
];

it('reads named and unnamed events and passes over comments', () => {
  expect(createSseReader()(STREAM)).toEqual(MESSAGES);
});

it('reads the same whatever the pieces that it comes in', () => {
  const cuts = fc.array(fc.integer({ min: 0, max: STREAM.length }));
  fc.assert(
    fc.property(cuts, (at) => {
      const read = createSseReader();
      const bounds = [0, ...at.sort((a, b) => a - b), STREAM.length];
      const pieces = bounds.slice(1).map((end, index) => STREAM.slice(bounds[index], end));
      expect(pieces.flatMap((piece) => read(piece))).toEqual(MESSAGES);
    }),
  );
});

it('holds an unfinished event back', () => {
  const read = createSseReader();
  expect(read('data: half')).toEqual([]);
  expect(read(' and half\n')).toEqual([]);
  expect(read('\n')).toEqual([{ event: 'message', data: 'half and half' }]);
});
