import { expect, test } from 'vitest';
import { readKeptState, writeKeptState } from './kept-state.ts';

test('reads what it wrote', () => {
  const state = { drafts: [[3, 'half an addr']] as [number, string][], open: 'break' };
  expect(readKeptState(writeKeptState(state))).toEqual(state);
  expect(readKeptState(writeKeptState({ drafts: [], open: null }))).toEqual({ drafts: [], open: null });
});

test('keeps no more than the browser takes', () => {
  const drafts = Array.from({ length: 100 }, (_, tab): [number, string] => [tab, '"'.repeat(4096)]);
  const text = writeKeptState({ drafts: [...drafts, [100, 'x'.repeat(70_000)]], open: null });
  // Quotation marks take two characters each.
  expect(text.length).toBeLessThan(65_536);
  expect(readKeptState(text)?.drafts).toHaveLength(6);
});

test.each(['', 'null', '[]', '{}', '{"drafts":1}', '{"drafts":[]', '7'])('reads nothing from %j', (text) => {
  expect(readKeptState(text)).toBeNull();
});

test('leaves out entries that are not drafts', () => {
  expect(readKeptState('{"drafts":[[1,"a"],[1],["1","a"],null,[2,3]],"open":7}')).toEqual({
    drafts: [[1, 'a']],
    open: null,
  });
});
