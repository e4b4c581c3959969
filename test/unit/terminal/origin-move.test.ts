import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideOriginMove } from '../../../terminal/origin-move.ts';

const OLD = 'http://192.168.1.10:8427';
const NEW = 'https://store.example:8443';
const moving = { ownOrigin: OLD, publicUrl: NEW, kept: 0, isBusy: false };

describe('the origin of a till’s page', () => {
  it('stays where no other is named', () => {
    expect(decideOriginMove({ ...moving, publicUrl: null })).toEqual({ kind: 'stay' });
    expect(decideOriginMove({ ...moving, publicUrl: `${OLD}/` })).toEqual({ kind: 'stay' });
    expect(decideOriginMove({ ...moving, publicUrl: 'no address' })).toEqual({ kind: 'stay' });
  });

  it('finishes what is open, then hands over what is kept, then moves', () => {
    expect(decideOriginMove({ ...moving, kept: 20, isBusy: true })).toEqual({
      kind: 'finish',
      to: NEW,
    });
    expect(decideOriginMove({ ...moving, kept: 20 })).toEqual({ kind: 'drain', to: NEW, kept: 20 });
    expect(decideOriginMove(moving)).toEqual({ kind: 'move', to: NEW });
  });

  it('never moves with anything left behind', () => {
    const origins = fc.constantFrom(OLD, NEW, 'http://localhost:8427', 'https://shop.test');
    fc.assert(
      fc.property(
        origins,
        fc.option(origins),
        fc.nat(30),
        fc.boolean(),
        (ownOrigin, publicUrl, kept, isBusy) => {
          const decision = decideOriginMove({ ownOrigin, publicUrl, kept, isBusy });
          const mayMove = publicUrl !== null && publicUrl !== ownOrigin && kept === 0 && !isBusy;
          expect(decision.kind === 'move').toBe(mayMove);
        },
      ),
    );
  });
});
