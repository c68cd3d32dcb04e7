import { svelte } from '@sveltejs/vite-plugin-svelte';
import { configDefaults, defineConfig } from 'vitest/config';

const tests = ['apps', 'packages', 'plugins', 'tools', 'bench', 'gallery'];
const integration = tests.map((folder) => `${folder}/**/*.integration.test.ts`);
const lessons = ['packages/ipc-models/src/lessons/**/*.integration.test.ts'];

export default defineConfig({
  plugins: [svelte()],
  test: {
    // Vitest itself would leave one processor idle, which is half of them on a small machine.
    maxWorkers: '100%',
    setupFiles: 'tools/testing/patience.ts',
    expect: { poll: { timeout: 30_000 } },
    projects: [
      {
        // Seconds in total: what `npm run check` runs.
        extends: true,
        test: {
          name: 'unit',
          // Against tests that hang, not against a busy machine.
          testTimeout: 60_000,
          include: tests.map((folder) => `${folder}/**/*.test.ts`),
          exclude: [...configDefaults.exclude, ...integration],
        },
      },
      {
        // Real processes, files and servers by the dozen: only `npm test` runs them.
        extends: true,
        test: {
          name: 'integration',
          include: integration,
          exclude: [...configDefaults.exclude, ...lessons],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        // Lessons measure: one at a time, and nothing else beside them.
        extends: true,
        test: {
          name: 'lessons',
          include: lessons,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
