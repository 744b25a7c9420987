// Addresses of the page lead back to the same place.
import { describe, expect, it } from 'vitest';
import { ANALYSIS, hashOf, reportAt, routeOf, START } from './route';

describe('routes', () => {
  it('lead back to the same place', () => {
    for (const route of [START, ANALYSIS, reportAt('0f1e2d3c4b5a6978')]) expect(routeOf(hashOf(route))).toEqual(route);
  });

  it('start over at an address that leads nowhere', () => {
    expect(routeOf('')).toEqual(START);
    expect(routeOf('#/report/')).toEqual(START);
    expect(routeOf('#/report/../x')).toEqual(START);
    expect(routeOf('#/nothing')).toEqual(START);
  });

  it('leave alone the places within a screen', () => {
    expect(routeOf('#quality')).toBeUndefined();
  });
});
