import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findLesson, lessons, statementOf } from '@bulkhead/ipc-models/lessons';
import { describe, expect, test } from 'vitest';

const root = path.join(import.meta.dirname, '../..');
const lessonsFolder = 'packages/ipc-models/src/lessons';

interface Row {
  readonly says: string;
  readonly lessons: readonly string[];
  /** Folders of the lessons with the test. */
  readonly tests: readonly string[];
}

/** Returns the rows of all tables in docs/lessons.md. */
function rowsOf(text: string): Row[] {
  return text
    .split('\n')
    .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()))
    .filter(([, says, lesson]) => says && lesson?.includes('bulkhead://'))
    .map(([, says = '', lesson = '', tests = '']) => ({
      says,
      lessons: [...lesson.matchAll(/\[`([a-z-]+)`\]\(bulkhead:\/\/ipc-lab\/\1(?:\?[^)]*)?\)/g)].map(
        (match) => match[1] ?? '',
      ),
      tests: [...tests.matchAll(/`([a-z-]+)`/g)].map((match) => match[1] ?? ''),
    }));
}

const rows = rowsOf(readFileSync(path.join(root, 'docs/lessons.md'), 'utf8'));

test('reads a row, and ignores an address of another lesson', () => {
  expect(rowsOf('| a \\| b | [`x`](bulkhead://ipc-lab/x?a=1), [`y`](bulkhead://ipc-lab/z) | `why` |')).toEqual([
    { says: 'a \\| b', lessons: ['x'], tests: ['why'] },
  ]);
});

test('names only existing lessons', () => {
  expect(rows.flatMap((row) => row.lessons).filter((id) => !findLesson(id))).toEqual([]);
});

test('every statement of the chapter has a lesson', () => {
  expect(rows.length).toBeGreaterThan(70);
  expect(rows.filter((row) => row.lessons.length === 0)).toEqual([]);
});

describe.each(lessons)('$id', (lesson) => {
  const mine = rows.filter((row) => row.lessons.includes(lesson.id));

  test('is in the table of docs/lessons.md, with its test', () => {
    expect(mine.length).toBeGreaterThan(0);
    expect(mine.filter(({ tests }) => !tests.includes(statementOf(lesson)))).toEqual([]);
  });

  const file = path.join(root, lessonsFolder, statementOf(lesson), 'lessons.integration.test.ts');
  test.runIf(existsSync(file))('is run by the test of its statement', () => {
    expect(readFileSync(file, 'utf8')).toMatch(new RegExp(`['"\`]${lesson.id}[?'"\`]`));
  });
});
