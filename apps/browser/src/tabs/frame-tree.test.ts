import { expect, test } from 'vitest';
import { childrenOf, framesOf, processOf } from './frame-tree.ts';

interface Frame {
  name: string;
  frames: Frame[];
}
const frame = (name: string, ...frames: Frame[]): Frame => ({ name, frames });
const namesOf = (frames: Frame[]) => frames.map(({ name }) => name).join(' ');
const gone: Frame = {
  name: 'gone',
  get frames(): Frame[] {
    throw new Error('Render frame was disposed');
  },
};

/** Returns a page with this many frames, each inside the one before. */
function nested(depth: number): Frame {
  let page = frame('innermost');
  for (let each = 0; each < depth; each++) page = frame('outer', page);
  return page;
}
const siblings = (count: number) => frame('page', ...Array.from({ length: count }, () => frame('sibling')));

test('the nearest frames come first, and a destroyed frame has no children', () => {
  const page = frame('page', frame('a', frame('a1', frame('deep'))), gone, frame('b', frame('b1')));
  expect(namesOf(framesOf(page))).toBe('page a gone b a1 b1 deep');
  expect(childrenOf(gone)).toEqual([]);
});

test.each([
  ['siblings', siblings(5000)],
  ['frames in frames', nested(5000)],
  ['siblings in siblings', frame('page', ...Array.from({ length: 100 }, () => siblings(100)))],
])('reads only a bounded number of thousands of %s', (_what, page) => {
  expect(framesOf(page)).toHaveLength(1024);
  expect(framesOf(page, 10)).toHaveLength(10);
  expect(childrenOf(page, 10).length).toBeLessThanOrEqual(10);
});

test('a frame whose process has ended has none, whether Electron throws or says 0', () => {
  const ended = {
    get osProcessId(): number {
      throw new Error('Render frame was disposed');
    },
  };
  expect(processOf(ended)).toBeUndefined();
  expect(processOf({ osProcessId: 0 })).toBeUndefined();
  expect(processOf({ osProcessId: 7 })).toBe(7);
});
