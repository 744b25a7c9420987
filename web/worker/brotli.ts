// Packs the page's files once, when it is built: better than a server could for each request.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** What is text; typefaces and pictures are packed already. */
const TEXT = /\.(css|html|js|json|svg|webmanifest)$/;

/** Beside each file of text one with `.br` behind its name, if that is smaller. */
export function brotli(): Plugin {
  let out = '';
  return {
    name: 'saldo-brotli',
    apply: 'build',
    configResolved: (config) => {
      out = join(config.root, config.build.outDir);
    },
    // After the service worker: its list of files is not to hold these.
    closeBundle: {
      order: 'post',
      sequential: true,
      handler: () => {
        for (const entry of readdirSync(out, { recursive: true, withFileTypes: true })) {
          if (!entry.isFile() || !TEXT.test(entry.name)) continue;
          const path = join(entry.parentPath, entry.name);
          const text = readFileSync(path);
          const packed = brotliCompressSync(text);
          if (packed.length < text.length) writeFileSync(`${path}.br`, packed);
        }
      },
    },
  };
}
