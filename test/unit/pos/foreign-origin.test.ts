import { expect, it } from 'vitest';
import { foreignOriginWarning } from '../../../server/pos/foreign-origin.ts';

const own = { name: 'Back room', url: 'http://192.168.1.10:8427/openbravo' };

it('warns where tills open their page elsewhere than their server is defined', () => {
  const warning = foreignOriginWarning('https://store.example:8443', own);
  expect(warning).toContain('Back room is defined at http://192.168.1.10:8427/openbravo');
  expect(warning).toContain('an address at https://store.example:8443');
});

it('says nothing where both agree, or one is not known', () => {
  expect(foreignOriginWarning('http://192.168.1.10:8427', own)).toBeUndefined();
  expect(foreignOriginWarning(null, own)).toBeUndefined();
  expect(foreignOriginWarning('https://store.example:8443', undefined)).toBeUndefined();
});
