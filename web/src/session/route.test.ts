// Addresses of the page lead back to the same place.
import { describe, expect, it } from 'vitest';
import { ANALYSIS, HISTORY, hashOf, keptAt, reportAt, routeOf, START } from './route';

describe('routes', () => {
  it('lead back to the same place', () => {
    const [one, other] = [`ana_${'0'.repeat(32)}`, `ana_${'f'.repeat(32)}`];
    const routes = [START, ANALYSIS, HISTORY, reportAt('0f1e2d3c4b5a6978'), keptAt(one), keptAt(one, other)];
    for (const route of routes) expect(routeOf(hashOf(route))).toEqual(route);
  });

  it('start over at an address that leads nowhere', () => {
    expect(routeOf('')).toEqual(START);
    expect(routeOf('#/report/')).toEqual(START);
    expect(routeOf('#/report/../x')).toEqual(START);
    expect(routeOf('#/analyses/ana_1')).toEqual(START);
    expect(routeOf('#/nothing')).toEqual(START);
  });

  it('leave alone the places within a screen', () => {
    expect(routeOf('#quality')).toBeUndefined();
  });
});
