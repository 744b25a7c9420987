// Where the page is, as the part of its address behind the hash. Other hashes lead to places within a screen.
export type Route = { at: 'start' } | { at: 'analysis' } | { at: 'report'; id: string };

export const START: Route = { at: 'start' };
export const ANALYSIS: Route = { at: 'analysis' };
export const reportAt = (id: string): Route => ({ at: 'report', id });

/** Undefined for a hash that is no route of the page. */
export function routeOf(hash: string): Route | undefined {
  if (hash === '' || hash === '#' || hash === '#/') return START;
  if (hash === '#/analysis') return ANALYSIS;
  const id = /^#\/report\/([0-9a-z-]{1,64})$/.exec(hash)?.[1];
  return id === undefined ? (hash.startsWith('#/') ? START : undefined) : reportAt(id);
}

export function hashOf(route: Route): string {
  return route.at === 'report' ? `#/report/${route.id}` : route.at === 'analysis' ? '#/analysis' : '#/';
}
