import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

test.skipIf(process.platform !== 'linux')(
  'a confined process cannot read files (open ones neither), start or signal processes, or punch holes into shared memory',
  async () => {
    const script = path.join(import.meta.dirname, 'confined-process.ts');
    const { stdout } = await promisify(execFile)(process.execPath, [script]);
    const report = JSON.parse(stdout);
    expect(report.confinement).toMatchObject({ seccomp: true });
    expect(report).toMatchObject({
      readOpenedBefore: 'done',
      readSync: expect.stringMatching(/^E(PERM|ACCES)$/),
      readInPool: expect.stringMatching(/^E(PERM|ACCES)$/),
      execute: expect.stringMatching(/^E(PERM|ACCES)$/),
      signalParent: 'EPERM',
      listen: expect.stringMatching(/^E(PERM|ACCES)$/),
      // It may still start threads.
      thread: 'done',
      // The content of the page proves that these calls punched a hole before the confinement.
      before: { advised: 'done, 0', punched: 'done, 0' },
      advised: 'EPERM, 7',
      punched: 'EPERM, 7',
      ownMemory: 'done, 7',
    });
  },
);
