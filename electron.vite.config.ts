import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';

// Set by hand to the oldest runtime that is supported, Electron 33: electron-vite would take them from the
// `electron` package, which is the newest, and its output would not parse there.
const node = 'node20';
const chromium = 'chrome130';

// The workspace's own packages are TypeScript source: they are bundled, and only koffi is left to be loaded from disk.
const external = ['koffi', 'electron', /^node:/];

// The engine keeps the text of every script: at two bytes a letter where a single one is beyond Latin-1, so those are
// written as escapes. Of comments only licences stay.
const compact = { charset: 'ascii', comments: { legal: true, annotation: false, jsdoc: false } } as const;

export default defineConfig({
  main: {
    build: {
      target: node,
      externalizeDeps: false,
      rollupOptions: {
        external,
        input: {
          browser: 'apps/browser/src/main.ts',
          'plugin-host': 'apps/plugin-host/src/main.ts',
          'lesson-host': 'apps/lesson-host/src/main.ts',
          'process-guard': 'apps/browser/src/guard/process-guard.ts',
          'strain-guard': 'apps/browser/src/page-events/strain-thread.ts',
          // A plugin is a module of its own, which the plugin host loads by its name.
          'plugins/frame-stats': 'plugins/frame-stats/src/index.ts',
        },
        output: { format: 'es', ...compact },
      },
    },
  },
  preload: {
    build: {
      target: node, // electron-vite takes no other for a preload; it is older than Chromium 130
      externalizeDeps: false,
      isolatedEntries: true,
      minify: true,
      rollupOptions: {
        external: ['electron'],
        input: {
          tab: 'apps/tab/src/tab.ts',
          internal: 'apps/tab/src/internal.ts',
        },
        // A sandboxed preload is one CommonJS file; what it imports dynamically lies in it and is evaluated late.
        output: { ...compact, format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: '.',
    plugins: [svelte()],
    build: {
      target: chromium,
      minify: true,
      rollupOptions: {
        input: { shell: 'apps/shell/index.html', page: 'apps/pages/index.html' },
        // One shared file in place of many small ones: each is a request to the browser process while it is busiest.
        output: { ...compact, codeSplitting: { groups: [{ name: 'shared', minShareCount: 2 }] } },
      },
    },
  },
});
