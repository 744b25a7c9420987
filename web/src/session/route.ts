// Where the page is, as the part of its address behind the hash. Other hashes lead to places within a screen.
export type Route =
  | { at: 'start' }
  | { at: 'analysis' }
  | { at: 'report'; id: string }
  | { at: 'history' }
  | ({ at: 'kept' } & KeptPlace);

/** An analysis that the server keeps, and the one that it is compared with, if there is one. */
export interface KeptPlace {
  id: string;
  other?: string | undefined;
}

export const START: Route = { at: 'start' };
export const ANALYSIS: Route = { at: 'analysis' };
export const HISTORY: Route = { at: 'history' };
export const reportAt = (id: string): Route => ({ at: 'report', id });
export const keptAt = (id: string, other?: string): Route => ({ at: 'kept', id, ...(other && { other }) });

/** Undefined for a hash that is no route of the page. */
export function routeOf(hash: string): Route | undefined {
  if (hash === '' || hash === '#' || hash === '#/') return START;
  if (hash === '#/analysis') return ANALYSIS;
  if (hash === '#/analyses') return HISTORY;
  const [, kept, other] = /^#\/analyses\/(ana_[0-9a-f]{32})(?:\/(ana_[0-9a-f]{32}))?$/.exec(hash) ?? [];
  if (kept !== undefined) return keptAt(kept, other);
  const id = /^#\/report\/([0-9a-z-]{1,64})$/.exec(hash)?.[1];
  return id === undefined ? (hash.startsWith('#/') ? START : undefined) : reportAt(id);
}

export function hashOf(route: Route): string {
  switch (route.at) {
    case 'start':
      return '#/';
    case 'analysis':
      return '#/analysis';
    case 'report':
      return `#/report/${route.id}`;
    case 'history':
      return '#/analyses';
    case 'kept':
      return route.other ? `#/analyses/${route.id}/${route.other}` : `#/analyses/${route.id}`;
  }
}
