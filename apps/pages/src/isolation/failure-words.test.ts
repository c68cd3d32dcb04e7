import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ko } from '../strings/ko.ts';
import type { t } from '../strings.ts';
import { sayFailure } from './failure-words.ts';

const korean = ((key: keyof typeof ko, values?: { code?: string }) =>
  ko[key].replace('{{code}}', values?.code ?? '')) as typeof t;
const say = (failure: string) => sayFailure(failure, 'ko', korean);

/** Sources of the code that runs a cell. */
const sources = ['cell', 'course', 'harm', 'run-fault', 'tab-courses', 'service-courses', 'victim-app', 'witness'].map(
  (name) => readFileSync(path.join(import.meta.dirname, `../../../browser/src/drill/${name}.ts`), 'utf8'),
);
/** Texts for the case that the catalogue and its expectations differ, which the types prevent. */
const ours = /there is no code to run|the other Bulkhead to end/;

/** Sample values for the expressions in a text. The first match counts. */
const values: [RegExp, string][] = [
  [/tab\.id/, '7'],
  [/result\.reason/, 'refused'],
  [/join/, 'killed or crashed'],
  [/describe/, 'killed, SIGKILL'],
  [/signal/, 'SIGTERM'],
  [/ends/, 'SIGKILL'],
  [/hurt|witnesses/, '3'],
  [/pid|after/, '4312'],
  [/kind/, 'gpu'],
];
const filled = (literal: string) =>
  literal.replaceAll(/\$\{(?:[^{}]|\{[^}]*\})*\}/g, (found) => values.find(([name]) => name.test(found))?.[1] ?? found);

const texts = sources
  .flatMap((source) => source.split('\n'))
  .filter((line) => !ours.test(line))
  .flatMap((line) => {
    const wait = /\b(?:until|within)\(\s*(['`])(.+?)\1,/.exec(line)?.[2];
    const thrown = /new Error\((['`])(.+)\1\)/.exec(line)?.[2];
    const harm = /`(.+ witnesses were hurt|the process of the .+)`/.exec(line)?.[1];
    return [wait && `waited 20 s for ${filled(wait)}`, thrown && filled(thrown), harm && filled(harm)];
  })
  .filter((text) => text !== undefined && text !== '' && !text.includes('it said'));

test('finds the texts in the sources', () => {
  expect(texts.length).toBeGreaterThan(40);
  expect(texts).toContain('3 of 3 witnesses were hurt');
  expect(texts).toContain('the process of the gpu changed from 4312 to 4312');
});

test.each([...new Set(texts)])('"%s" has Korean words', (text) => {
  expect(say(text as string)).toMatch(/[가-힣]/);
  expect(sayFailure(text as string, 'en', korean)).toBe(text);
});

test('printed output and unknown texts stay as they are', () => {
  expect(say('waited 40 s for the other Bulkhead to open all its tabs; it said: no display')).toBe(
    '40초 안에 일어나지 않았습니다: 다른 Bulkhead의 모든 탭 열림. 출력: no display',
  );
  expect(say('the process of the gpu changed from 4312 to none')).toContain('gpu (PID 4312 → 없음)');
  expect(say('spawn EAGAIN')).toBe('spawn EAGAIN');
  expect(say('constructor')).toBe('constructor');
});
