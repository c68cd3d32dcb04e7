import type { RuntimeVersions } from '@bulkhead/contracts';
import { app } from 'electron';

export const runtimeVersions = (): RuntimeVersions => ({
  bulkhead: app.getVersion(),
  electron: process.versions.electron ?? '',
  chromium: process.versions.chrome ?? '',
  node: process.versions.node,
});
