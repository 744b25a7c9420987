// Builds the service worker after the page, with the list of the page's files.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';

const WORKER = 'sw.js';

export function serviceWorker(): Plugin {
  let out = '';
  return {
    name: 'saldo-service-worker',
    apply: 'build',
    configResolved: (config) => {
      out = join(config.root, config.build.outDir);
    },
    closeBundle: async () => {
      await build({
        configFile: false,
        logLevel: 'warn',
        publicDir: false,
        define: { FILES: JSON.stringify(files(out)), 'process.env.NODE_ENV': '"production"' },
        build: {
          outDir: out,
          emptyOutDir: false,
          target: 'es2022',
          lib: {
            entry: fileURLToPath(new URL('sw.ts', import.meta.url)),
            formats: ['iife'],
            name: 'worker',
            fileName: () => WORKER,
          },
        },
      });
    },
  };
}

/** All that the page is made of. */
function files(out: string): { url: string; revision: string | null }[] {
  return readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(out, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((url) => url !== WORKER)
    .sort()
    .map((url) => ({ url, revision: url.startsWith('assets/') ? null : hash(join(out, url)) }));
}

/** Names below assets/ carry a hash of the content; the others get one here. */
function hash(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 16);
}
