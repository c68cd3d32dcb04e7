import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { remember, rememberedResult } from './remembered-checks.ts';
import type { Runtime } from './runtime.ts';

let runtime: Runtime;

beforeEach(() => {
  const folder = temporaryFolder();
  vi.stubEnv('BULKHEAD_CACHE_DIR', path.join(folder, 'cache'));
  const executable = path.join(folder, 'electron');
  writeFileSync(executable, 'one');
  runtime = { folder, executable, version: '1.2.3', source: 'release' };
  return () => vi.unstubAllEnvs();
});

const passed = { outcome: 'passed' } as const;
const failed = { outcome: 'failed', step: 'tabs', reason: 'broken' } as const;
const late = { outcome: 'late', step: 'start', reason: 'slow' } as const;

describe('the result of a check', () => {
  it('is remembered', () => {
    expect(rememberedResult(runtime)).toBeUndefined();
    remember(runtime, failed);
    expect(rememberedResult(runtime)).toEqual(failed);
    remember(runtime, passed);
    expect(rememberedResult(runtime)).toEqual(passed);
  });

  it('does not hold for another executable at the same place, or for another version', () => {
    remember(runtime, passed);
    expect(rememberedResult({ ...runtime, version: '1.2.4' })).toBeUndefined();
    writeFileSync(runtime.executable, 'another');
    expect(rememberedResult(runtime)).toBeUndefined();
  });

  it('holds for another build of Bulkhead only if the runtime passed', () => {
    remember(runtime, failed);
    expect(rememberedResult(runtime, 'another build')).toBeUndefined();
    remember(runtime, passed);
    expect(rememberedResult(runtime, 'another build')).toEqual(passed);
  });

  it('that was late is asked for again, but not at every start of a slow machine', () => {
    remember(runtime, late);
    expect(rememberedResult(runtime)).toBeUndefined();
    remember(runtime, late);
    expect(rememberedResult(runtime)).toBeUndefined();
    remember(runtime, late);
    expect(rememberedResult(runtime)).toEqual(late);
  });
});
