import { expect, test } from 'vitest';
import { listing } from './listing.ts';

test('shows the lines between the boundaries, and marks the line after each step', () => {
  const source = `import x from 'y';
export const program = async (actor) => {
  // ---
  while (true) {
    await actor.step('wait');
    await wait();
    work();
    await actor.step('store');

    buffer[in] = item;
  }
  // ---
  return {};
};
`;
  expect(listing(source)).toEqual([
    { number: 4, text: 'while (true) {', label: undefined },
    { number: 6, text: '  await wait();', label: 'wait' },
    { number: 7, text: '  work();', label: undefined },
    { number: 9, text: '', label: 'store' },
    { number: 10, text: '  buffer[in] = item;', label: 'store' },
    { number: 11, text: '}', label: undefined },
  ]);
});

test('shows a whole program without boundaries, marked by its comments', () => {
  expect(listing('while (true) {\n    buffer[in] = item; // @store\n    in++; /* @advance */\n}\n')).toEqual([
    { number: 1, text: 'while (true) {', label: undefined },
    { number: 2, text: '    buffer[in] = item;', label: 'store' },
    { number: 3, text: '    in++;', label: 'advance' },
    { number: 4, text: '}', label: undefined },
  ]);
});

test('shows several parts of a program, with a sign between them', () => {
  const source =
    "// ---\n  await actor.step('a');\n  one();\n// ---\nhidden();\n// ---\ntwo(); // @b\n// ---\nmore();\n";
  expect(listing(source).map(({ text, label }) => [text, label])).toEqual([
    ['one();', 'a'],
    ['⋮', undefined],
    ['two();', 'b'],
  ]);
});

test('leaves out parts that do not run with these parameters', () => {
  const source = '// --- over=rpc\ncall();\n// ---\n// --- over=messages\nsend();\n// ---\n// ---\nboth();\n// ---\n';
  const shown = (parameters?: Record<string, string>) => listing(source, parameters).map(({ text }) => text);
  expect(shown({ over: 'rpc' })).toEqual(['call();', '⋮', 'both();']);
  expect(shown({ over: 'messages' })).toEqual(['send();', '⋮', 'both();']);
  expect(shown()).toEqual(['call();', '⋮', 'send();', '⋮', 'both();']);
});
