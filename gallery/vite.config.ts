import path from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { InlineConfig } from 'vite';

const root = path.join(import.meta.dirname, '..');
const documents = ['index', 'shell', 'ui'];

/** How the gallery is served (`npm run dev -- --components`) and built (for its screenshots). It is no part of out/. */
const gallery: InlineConfig = {
  configFile: false,
  // The shell's own sources are served, too.
  root,
  base: './',
  cacheDir: path.join(root, 'out/dev/.vite'),
  plugins: [svelte()],
  server: { host: '127.0.0.1' },
  preview: { host: '127.0.0.1' },
  build: {
    target: 'chrome130',
    rollupOptions: { input: documents.map((name) => path.join(import.meta.dirname, `${name}.html`)) },
  },
};

export default gallery;
