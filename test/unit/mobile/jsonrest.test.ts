import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTarget, stripToken } from '../../../server/mobile/url.ts';

const SERVICE = 'org.openbravo.retail.posterminal.master.Product';

describe('the URL of a query', () => {
  it('gives back what a client encoded, whatever is in it and after it', () => {
    const tails = fc.constantFrom(
      '',
      '?authenticationClient=C',
      '&authenticationClient=C',
      '?useUserCache=true&_=1',
    );
    const parameters = fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true });
    fc.assert(
      fc.property(parameters, tails, (given, tail) => {
        // What cannot be encoded (half a surrogate pair) cannot be sent either.
        const json = JSON.stringify(given);
        fc.pre(json.isWellFormed());
        const target = readTarget(`/${SERVICE}/${encodeURI(json)}${tail}`);
        expect(target).toEqual({ service: SERVICE, parameters: JSON.parse(json) as unknown });
      }),
    );
  });

  it('leaves "/", "?", "&" and "#" inside the JSON alone', () => {
    const given = { url: 'http://a/b?c=d&e=f#g', 'k}': '{"x":1}' };
    const target = readTarget(
      `/${SERVICE}/${encodeURI(JSON.stringify(given))}&authenticationToken=t`,
    );
    expect(target).toEqual({ service: SERVICE, parameters: given });
  });

  it.each([
    [`/${SERVICE}`, SERVICE],
    [`/${SERVICE}/`, SERVICE],
    [`/${SERVICE}?a=b`, SERVICE],
    [`/${SERVICE}/?a=b`, SERVICE],
    ['/', ''],
    ['', ''],
    ['/?a=b', ''],
  ])('%j has no parameters', (url, service) => {
    expect(readTarget(url)).toEqual({ service, parameters: undefined });
  });

  it.each([
    `/${SERVICE}/%7B%22a%22`,
    `/${SERVICE}/%5B1%5D`,
    `/${SERVICE}/x`,
    `/${SERVICE}/%7B%zz%7D`,
  ])('%j is refused with a sentence', (url) => {
    expect(readTarget(url)).toEqual({
      refused: `The parameters of ${SERVICE} in the URL are not a JSON object, encoded by encodeURI.`,
    });
  });
});

describe('the session in a URL', () => {
  it.each([
    ['/x?authenticationToken=t', '/x', 't'],
    ['/x?authenticationToken=t&a=b', '/x?a=b', 't'],
    ['/x?a=b&authenticationToken=t', '/x?a=b', 't'],
    ['/x?a=b&authenticationToken=t&c=d', '/x?a=b&c=d', 't'],
    ['/x/%7B%7D&authenticationToken=t%2B%3D', '/x/%7B%7D', 't+='],
    ['/x?authenticationToken=', '/x', ''],
    ['/x?a=b', '/x?a=b', undefined],
  ])('is taken out of %j', (url, stripped, token) => {
    expect(stripToken(url)).toEqual({ url: stripped, token });
  });

  it('is never left in it', () => {
    const piece = fc.constantFrom(
      ...[
        '?',
        '&',
        'authenticationToken=SECRET',
        'a=b',
        '/',
        '%7B%7D',
        '#',
        'authenticationToken=',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const { url } = stripToken(pieces.join(''));
        expect(url).not.toMatch(/[?&]authenticationToken=/);
      }),
    );
  });
});
