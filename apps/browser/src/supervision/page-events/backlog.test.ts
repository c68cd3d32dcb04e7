import { expect, test } from 'vitest';
import { Backlog } from './backlog.ts';

/** A browser's thread: tasks that were put behind everything that has arrived. */
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

test('a page that sends faster than the browser works is held within some 20 ms, until all of that is worked off', () => {
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

test('a page that begins again is held again', () => {
  const { events, endTurn, heard } = thread();
  for (let round = 0; round < 3; round++) {
    events(20, 2);
    endTurn();
    endTurn();
    endTurn();
  }
  expect(heard).toEqual(Array.from({ length: 3 }, () => ['behind', 'caught up']).flat());
});

test('a page with a few events is not held while the browser is busy with something else', () => {
  const { events, endTurn, heard } = thread();
  for (let round = 0; round < 20; round++) {
    events(5, 100);
    endTurn();
  }
  expect(heard).toEqual([]);
});

test('a page with many events that cost nothing is not held', () => {
  const { events, endTurn, heard } = thread();
  for (let round = 0; round < 20; round++) {
    events(100, 0.1);
    endTurn();
  }
  expect(heard).toEqual([]);
});
