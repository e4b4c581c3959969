import { describe, expect, it } from 'vitest';
import { codeFits, newCode, storeCode } from '../../../server/security/one-time-code.ts';

describe('one-time code', () => {
  it('is written in groups without letters that are mistaken for digits', () => {
    for (let i = 0; i < 100; i += 1)
      expect(newCode()).toMatch(/^([A-HJKMNP-Z2-9]{4}-){2}[A-HJKMNP-Z2-9]{4}$/);
  });

  it('fits however a person types it, until its time is over', () => {
    const stored = storeCode('ABCD-EFGH-JKMN', 1000);
    expect(codeFits(stored, 'abcd efgh jkmn', 999)).toBe(true);
    expect(codeFits(stored, 'ABCD-EFGH-JKMN', 1000)).toBe(false);
    expect(codeFits(stored, 'ABCD-EFGH-JKMP', 999)).toBe(false);
  });

  it('is void when no tries are left, and is not stored in plain text', () => {
    const stored = storeCode('ABCD-EFGH-JKMN', 1000);
    expect(codeFits({ ...stored, triesLeft: 0 }, 'ABCD-EFGH-JKMN', 1)).toBe(false);
    expect(JSON.stringify(stored)).not.toContain('ABCD');
  });
});
