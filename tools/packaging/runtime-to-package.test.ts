import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import { executableIn } from '../setup/platform.ts';
import { remember } from '../setup/remembered-checks.ts';
import { ensureRuntime, type RuntimeSource } from '../setup/runtime.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { runtimeToPackage } from './runtime-to-package.ts';

const source = (name: RuntimeSource['name']): RuntimeSource => ({
  name,
  version: '1.2.3',
  recipe: 1,
  runsHere: true,
  install: async (folder) => {
    mkdirSync(path.dirname(executableIn(folder)), { recursive: true });
    writeFileSync(executableIn(folder), name);
  },
});

it('packages the next Electron when the first one has failed its check here, and the last one in any case', async () => {
  vi.stubEnv('BULKHEAD_CACHE_DIR', path.join(temporaryFolder(), 'cache'));
  try {
    const sources = [source('release'), source('registry')];
    const packaged = async () => (await runtimeToPackage({}, sources)).source;
    expect(await packaged()).toBe('release');
    const failed = { outcome: 'failed', step: 'window', reason: 'broken' } as const;
    remember(await ensureRuntime({}, sources), failed);
    expect(await packaged()).toBe('registry');
    remember(await ensureRuntime({}, sources.slice(1)), failed);
    expect(await packaged()).toBe('registry');
  } finally {
    vi.unstubAllEnvs();
  }
});
