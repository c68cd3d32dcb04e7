import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { lessonFolderPrefix, sweepLessonFolders } from './lesson-folders.ts';

test('removes folders of browsers that are no more, and no others', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bulkhead-test-'));
  const { pid: dead } = spawnSync('true');
  const names = [`${lessonFolderPrefix}${process.pid}-abc`, `${lessonFolderPrefix}other`, 'something'];
  for (const name of [...names, `${lessonFolderPrefix}${dead}-abc`]) mkdirSync(path.join(folder, name));
  await sweepLessonFolders(folder);
  expect(readdirSync(folder).sort()).toEqual(names.sort());
  rmSync(folder, { recursive: true });
});
