// How the page is built, served while developing, and unit-tested.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { brotli } from './worker/brotli.ts';
import { serviceWorker } from './worker/plugin.ts';

const server = process.env.SALDO_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react(), serviceWorker(), brotli()],
  server: {
    // The server takes calls of its own page only, which it knows by the host.
    proxy: Object.fromEntries(['/analyze', '/v1'].map((path) => [path, { target: server, changeOrigin: false }])),
  },
  build: {
    target: 'es2022',
    // The policy of the server forbids inline code, and a font or a picture in a style sheet would hide from the cache.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  test: {
    environment: 'node',
    include: ['src/**/*.test.ts'],
  },
});
