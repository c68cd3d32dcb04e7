import { defineConfig } from '@playwright/test';

// Started by `npm test`, which sets up the runtime, the displays and the user, and says where they are.
const displays = process.env.BULKHEAD_DISPLAYS?.split(' ') ?? [];

export default defineConfig({
  testDir: '.',
  // What is random runs for long when it is asked for, and alone. Random pages run only then.
  testMatch: process.env.BULKHEAD_PAGES_SECONDS
    ? '*.chaos.ts'
    : process.env.BULKHEAD_SIGNALS
      ? 'random-signals.e2e.ts'
      : '*.e2e.ts',
  // A display each, because each test has the keyboard and the pointer for itself. No test measures anything.
  workers: Math.max(displays.length, 1),
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  retries: 0,
  reporter: [['list'], ['json', { outputFile: process.env.BULKHEAD_E2E_REPORT ?? 'test-results/report.json' }]],
  outputDir: process.env.BULKHEAD_E2E_OUTPUT ?? 'test-results',
});
