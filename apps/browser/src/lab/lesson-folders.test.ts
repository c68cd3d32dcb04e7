import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { lessonFolderPrefix, sweepLessons } from './lesson-folders.ts';

test('removes folders of browsers that have ended, and no others', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bulkhead-test-'));
  const { pid: dead } = spawnSync('true');
  const names = [`${lessonFolderPrefix}${process.pid}-abc`, `${lessonFolderPrefix}other`, 'something'];
  for (const name of [...names, `${lessonFolderPrefix}${dead}-abc`]) mkdirSync(path.join(folder, name));
  const queues = path.join(folder, 'something');
  for (const pid of [process.pid, dead]) mkdirSync(path.join(queues, `bulkhead-${pid}-1-2-abc`));
  await sweepLessons(folder, queues);
  expect(readdirSync(queues)).toEqual([`bulkhead-${process.pid}-1-2-abc`]);
  expect(readdirSync(folder).sort()).toEqual(names.sort());
  rmSync(folder, { recursive: true });
});
