import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { lessons } from '@bulkhead/ipc-models/lessons';
import { expect, test } from 'vitest';

/** Runs the real command in a separate process. For a list it neither sets up nor starts anything. */
function lab(...args: string[]) {
  const cli = path.join(import.meta.dirname, '../cli.ts');
  const { stdout, stderr, status } = spawnSync(process.execPath, [cli, 'lab', ...args], { encoding: 'utf8' });
  return { stdout, stderr, status };
}

test('lists every lesson as JSON, with its statement, parameters and limits', () => {
  const { stdout, status } = lab('--list', '--json');
  expect(status).toBe(0);
  const listed = JSON.parse(stdout) as Record<string, unknown>[];
  expect(listed.map(({ id }) => id)).toEqual(lessons.map(({ id }) => id));
  expect(new Set(listed.map(({ statement }) => statement))).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8]));
  expect(listed.find(({ id }) => id === 'bounded-buffer')).toEqual({
    id: 'bounded-buffer',
    statement: 4,
    title: 'The bounded buffer',
    parameters: expect.objectContaining({ n: { kind: 'whole', minimum: 2, maximum: 64, default: 10 } }),
    limits: { seconds: 60, cpuSeconds: 60, memoryMiB: 512 },
  });
});

test('lists one lesson on each line, with its statement first', () => {
  const lines = lab('--list').stdout.trimEnd().split('\n');
  expect(lines).toHaveLength(lessons.length);
  expect(lines.find((line) => line.includes('web-and-database'))).toMatch(/^6 {2}web-and-database +A web server/);
});

test.each([
  [['nonsense'], 'There is no lesson "nonsense"'],
  [['bounded-buffer?n=1000000'], 'n=2…64'],
  [['bounded-buffer', '--limit', 'seconds=3600'], 'seconds=60 or less'],
])('%j is refused before the set-up, and the valid values are listed', (args, says) => {
  const { stderr, status } = lab(...args);
  expect(status).toBe(1);
  expect(stderr).toContain(says);
});
