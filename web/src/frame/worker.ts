// Registers the service worker, and tells when a new version of the page waits for the reader.
const listeners = new Set<() => void>();
let update: (() => void) | undefined;

/** What shows the new version; undefined while there is none. The same function until that changes. */
export function waitingUpdate(): (() => void) | undefined {
  return update;
}

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The reader goes on with the old version; the new one comes with the next visit. */
export function postpone(): void {
  tell(undefined);
}

/** After the first screen, which needs no worker. Without a safe origin there is none, and the page works without. */
export async function startWorker(): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const { Workbox } = await import('workbox-window');
  const worker = new Workbox('/sw.js');
  worker.addEventListener('waiting', () =>
    tell(() => {
      worker.addEventListener('controlling', () => location.reload());
      worker.messageSkipWaiting();
    }),
  );
  await worker.register();
  // A page that stays open for days asks when it is looked at again.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') worker.update().catch(() => {});
  });
}

function tell(next: (() => void) | undefined): void {
  update = next;
  for (const listener of listeners) listener();
}
