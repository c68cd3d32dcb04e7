import { expect, it } from 'vitest';
import { documentText, functions } from './functions.ts';

it('has three functions with different results', () => {
  const text = documentText(3);
  expect(Object.entries(functions).map(([name, handle]) => [name, handle(text)])).toEqual([
    ['counter', '11 words'],
    ['speller', 'ileand'],
    ['index', 'a < an < bulkheads'],
  ]);
});
