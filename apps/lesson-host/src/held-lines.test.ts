import { expect, test } from 'vitest';
import { HeldLines } from './held-lines.ts';

function record() {
  const shown: string[] = [];
  const lines = new HeldLines((label, held) => shown.push(held ? `at ${label}` : `on from ${label}`));
  const gone: string[] = [];
  const hold = (label: string) => void lines.hold(label).then(() => gone.push(label));
  return { shown, lines, gone, hold };
}

test('shows one line at a time when several parts of a program wait', async () => {
  const { shown, lines, gone, hold } = record();
  lines.go(); // no line is held
  hold('a');
  hold('b');
  expect(shown).toEqual(['at a']);
  lines.go();
  await expect.poll(() => gone).toEqual(['a']);
  expect(shown).toEqual(['at a', 'on from a', 'at b']);
  lines.go();
  await expect.poll(() => gone).toEqual(['a', 'b']);
});

test('lets every held line go on at once', async () => {
  const { lines, gone, hold } = record();
  for (const label of ['a', 'b', 'c']) hold(label);
  lines.goAll();
  await expect.poll(() => gone).toEqual(['a', 'b', 'c']);
});
