import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GENERIC_SERVICE, matchService, routeOf } from '../../../server/core/service-match.ts';

const named = (...names: string[]) => names.map((name) => ({ name }));
const segment = fc.stringMatching(/^[a-zA-Z]{1,6}$/);
const serviceName = fc.array(segment, { minLength: 1, maxLength: 4 }).map((all) => all.join('.'));

describe('matchService', () => {
  it('takes the longest of the names that the path contains', () => {
    const services = named('x.master', 'x.master.Product', 'x.master.ProductPrice');
    const match = (path: string) => matchService(path, services)?.name;
    expect(match('/jsonrest/x.master.ProductPrice')).toBe('x.master.ProductPrice');
    expect(match('/jsonrest/x.master.Product')).toBe('x.master.Product');
    expect(match('/jsonrest/x.master.Brand')).toBe('x.master');
    expect(match('/jsonrest/x.other')).toBeUndefined();
  });

  it('never matches a name that is empty', () => {
    expect(matchService('/anything', named(''))).toBeUndefined();
  });

  it('gives a service that is contained, with no longer one that is too, in any order', () => {
    fc.assert(
      fc.property(fc.array(serviceName, { maxLength: 12 }), serviceName, (names, path) => {
        const services = named(...names);
        const found = matchService(path, services)?.name;
        const contained = names.filter((name) => path.includes(name));
        const longest = Math.max(...contained.map((name) => name.length));
        expect(found?.length).toBe(contained.length === 0 ? undefined : longest);
        if (found !== undefined) expect(path).toContain(found);
        expect(matchService(path, services.toReversed())?.name.length).toBe(found?.length);
      }),
    );
  });

  it('finds each service under its own name, whatever else is defined', () => {
    fc.assert(
      fc.property(fc.uniqueArray(serviceName, { minLength: 1 }), (names) => {
        for (const name of names) expect(matchService(name, named(...names))?.name).toBe(name);
      }),
    );
  });
});

describe('routeOf', () => {
  it('routes what no service matches as Generic, by fail-over', () => {
    expect(routeOf('/unknown', [])).toEqual(GENERIC_SERVICE);
    expect(GENERIC_SERVICE).toEqual({ name: 'Generic', routingType: 'Failover' });
  });
});
