import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { doubtMs, KeyPresses } from './key-presses.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Plays key events, each `[after ms, what]`, and counts the presses that were acted on. */
function pressesIn(events: [number, 'down' | 'repeat' | 'up', string?][], firstIsUnmarked = true): number {
  const presses = new KeyPresses(firstIsUnmarked);
  let acted = 0;
  for (const [afterMs, what, code = 'KeyW'] of events) {
    vi.advanceTimersByTime(afterMs);
    presses.take({ type: what === 'up' ? 'keyUp' : 'keyDown', code, isAutoRepeat: what === 'repeat' }, () => {
      acted += 1;
    });
  }
  vi.runAllTimers();
  return acted;
}

const held = (delayMs: number): [number, 'repeat'][] => Array.from({ length: 20 }, () => [delayMs, 'repeat']);

test.each([
  [
    'a key pressed and released',
    [
      [0, 'down'],
      [40, 'up'],
    ],
    1,
  ],
  ['a held key, its first repetition unmarked as on X11', [[0, 'down'], [500, 'down'], ...held(40)], 1],
  ['a held key, all repetitions marked', [[0, 'down'], ...held(40)], 1],
  [
    'a key held until its first repetition comes, and pressed later',
    [
      [0, 'down'],
      [500, 'down'],
      [30, 'repeat'],
      [3000, 'down'],
    ],
    2,
  ],
  [
    'three quick presses without a release event',
    [
      [0, 'down'],
      [100, 'down'],
      [100, 'down'],
    ],
    3,
  ],
  [
    'three slow presses without a release event',
    [
      [0, 'down'],
      [700, 'down'],
      [700, 'down'],
    ],
    3,
  ],
  [
    'three presses, the third while the second is delayed',
    [
      [0, 'down'],
      [200, 'down'],
      [doubtMs / 2, 'down'],
    ],
    3,
  ],
  ['a held key, released, and pressed again', [[0, 'down'], [500, 'down'], ...held(30), [300, 'down']], 2],
  [
    'two keys in turn',
    [
      [0, 'down'],
      [500, 'down', 'KeyT'],
      [500, 'down'],
    ],
    3,
  ],
] as [string, [number, 'down' | 'repeat' | 'up', string?][], number][])(
  'acts on presses only: %s',
  (_name, events, presses) => {
    expect(pressesIn(events)).toBe(presses);
  },
);

test('recognizes a held key whose first press came from a menu, which does not name the key', () => {
  const presses = new KeyPresses(true);
  let acted = 0;
  const act = () => {
    acted += 1;
  };
  presses.take({ type: 'keyDown', code: undefined, command: 'new-tab', isAutoRepeat: false }, act);
  vi.advanceTimersByTime(500);
  presses.take({ type: 'keyDown', code: 'KeyT', command: 'new-tab', isAutoRepeat: false }, act);
  vi.advanceTimersByTime(30);
  presses.take({ type: 'keyDown', code: 'KeyT', command: 'new-tab', isAutoRepeat: true }, act);
  vi.runAllTimers();
  expect(acted).toBe(1);
});

test('delays nothing if the system marks every repetition', () => {
  let acted = 0;
  const presses = new KeyPresses(false);
  const down = { type: 'keyDown', code: 'KeyW', isAutoRepeat: false } as const;
  for (let press = 0; press < 2; press++) {
    presses.take(down, () => {
      acted += 1;
    });
    vi.setSystemTime(Date.now() + 500);
  }
  expect(acted).toBe(2);
});

test('a delayed press acts before the key that follows it', () => {
  const presses = new KeyPresses(true);
  const acted: string[] = [];
  const press = (code: string, afterMs: number) => {
    vi.advanceTimersByTime(afterMs);
    presses.take({ type: 'keyDown', code, isAutoRepeat: false }, () => acted.push(code));
  };
  press('KeyT', 0);
  press('KeyT', 300);
  expect(acted).toEqual(['KeyT']);
  press('KeyA', 10);
  expect(acted).toEqual(['KeyT', 'KeyT', 'KeyA']);
  vi.runAllTimers();
  expect(acted).toHaveLength(3);
});
