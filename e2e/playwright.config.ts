import { defineConfig } from '@playwright/test';

// Started by `npm test`, which prepares Electron, the displays and the user, and passes them on.
const displays = process.env.BULKHEAD_DISPLAYS?.split(' ') ?? [];

export default defineConfig({
  testDir: '.',
  // Random tests run long only on request, and alone. Random pages run only then.
  testMatch: process.env.BULKHEAD_PAGES_SECONDS
    ? '*.chaos.ts'
    : process.env.BULKHEAD_SIGNALS
      ? 'random-signals.e2e.ts'
      : '*.e2e.ts',
  // Each worker has its own display, because each test needs the keyboard and the pointer for itself. No test measures
  // anything.
  workers: Math.max(displays.length, 1),
  timeout: 120_000,
  // Long enough for a machine that is busy with something else.
  expect: { timeout: 30_000 },
  // The command that takes pictures again gives a folder to which this user may write.
  snapshotPathTemplate: `${process.env.BULKHEAD_PICTURES ?? '{testDir}/pictures'}/{arg}{ext}`,
  updateSnapshots: 'none',
  forbidOnly: true,
  retries: 0,
  reporter: [['list'], ['json', { outputFile: process.env.BULKHEAD_E2E_REPORT ?? 'test-results/report.json' }]],
  outputDir: process.env.BULKHEAD_E2E_OUTPUT ?? 'test-results',
});
