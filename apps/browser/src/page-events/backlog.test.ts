import { expect, test } from 'vitest';
import { Backlog } from './backlog.ts';

/** Simulates the browser's thread, with tasks that run after everything that has arrived. */
function thread() {
  let now = 0;
  const behind: (() => void)[] = [];
  const heard: string[] = [];
  const backlog = new Backlog({
    now: () => now,
    afterTurn: (run) => behind.push(run),
    onBehind: () => heard.push('behind'),
    onCaughtUp: () => heard.push('caught up'),
  });
  return {
    heard,
    events(count: number, eachMs: number) {
      for (let event = 0; event < count; event++) {
        backlog.count();
        now += eachMs;
      }
    },
    endTurn() {
      for (const run of behind.splice(0)) run();
    },
  };
}

test('a page that sends faster than the browser works is held within about 20 ms, until that work is done', () => {
  const { events, endTurn, heard } = thread();
  events(10, 2);
  expect(heard).toEqual(['behind']);
  events(200, 2);
  endTurn();
  events(50, 2);
  expect(heard).toEqual(['behind']);
  endTurn();
  expect(heard).toEqual(['behind', 'caught up']);
  endTurn();
  expect(heard).toEqual(['behind', 'caught up']);
});

test('a page that starts again is held again', () => {
  const { events, endTurn, heard } = thread();
  for (let round = 0; round < 3; round++) {
    events(20, 2);
    endTurn();
    endTurn();
    endTurn();
  }
  expect(heard).toEqual(Array.from({ length: 3 }, () => ['behind', 'caught up']).flat());
});

test('a page with few events is not held while the browser is busy with something else', () => {
  const { events, endTurn, heard } = thread();
  for (let round = 0; round < 20; round++) {
    events(5, 100);
    endTurn();
  }
  expect(heard).toEqual([]);
});

test('a page with many cheap events is not held', () => {
  const { events, endTurn, heard } = thread();
  for (let round = 0; round < 20; round++) {
    events(100, 0.1);
    endTurn();
  }
  expect(heard).toEqual([]);
});
