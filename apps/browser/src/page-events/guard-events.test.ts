import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { guardEvents } from './guard-events.ts';

function guarded() {
  const emitter = new EventEmitter();
  const faults: unknown[] = [];
  const events: unknown[][] = [];
  guardEvents(emitter, {
    onEvent: (name, args) => events.push([name, ...args]),
    onFault: (error) => faults.push(error),
  });
  return { emitter, faults, events };
}

test('a listener that throws stops neither the other listeners nor the emitter', () => {
  const { emitter, faults } = guarded();
  const heard: string[] = [];
  const error = new Error('a bug');
  emitter.on('title', (title) => heard.push(`first ${title}`));
  emitter.on('title', () => {
    throw error;
  });
  emitter.on('title', (title) => heard.push(`last ${title}`));
  expect(emitter.emit('title', 'a')).toBe(true);
  expect(heard).toEqual(['first a', 'last a']);
  expect(faults).toEqual([error]);
});

test('a listener added with once hears one event, even if it throws', () => {
  const { emitter, faults } = guarded();
  emitter.once('title', () => {
    throw new Error('once');
  });
  emitter.emit('title');
  expect(emitter.emit('title')).toBe(false);
  expect(faults).toHaveLength(1);
});

test('listeners get the emitter and every argument, and each event is counted', () => {
  const { emitter, events } = guarded();
  let seen: unknown[] = [];
  emitter.on('title', function (this: unknown, ...args) {
    seen = [this, ...args];
  });
  emitter.emit('title', 1, 'two');
  emitter.emit('unheard', 3);
  expect(seen).toEqual([emitter, 1, 'two']);
  expect(events).toEqual([
    ['title', 1, 'two'],
    ['unheard', 3],
  ]);
});

test('an error event without a listener is not a fault', () => {
  expect(guarded().emitter.emit('error', new Error('unheard'))).toBe(false);
});

test('an event that is not heard reaches no listener, and is not counted', () => {
  const emitter = new EventEmitter();
  const events: string[] = [];
  const note = (name: string) => () => events.push(name);
  guardEvents(emitter, {
    hears: (name) => name === 'destroyed',
    onEvent: note('counted'),
    onFault: note('fault'),
  });
  emitter.on('title', note('title')).on('destroyed', note('destroyed'));
  expect(emitter.emit('title')).toBe(false);
  expect(emitter.emit('destroyed')).toBe(true);
  expect(events).toEqual(['counted', 'destroyed']);
});

test("a page's request is refused if its event is not heard, or a listener fails", () => {
  const emitter = new EventEmitter();
  let hears = true;
  guardEvents(emitter, { hears: () => hears, onFault: () => undefined });
  const asked = () => {
    let isRefused = false;
    emitter.emit('ask', { preventDefault: () => (isRefused = true) }, 'https://a.example/');
    return isRefused;
  };
  expect(asked()).toBe(false);
  hears = false;
  expect(asked()).toBe(true);
  hears = true;
  emitter.on('ask', () => {
    throw new Error('a bug');
  });
  expect(asked()).toBe(true);
  for (const odd of [undefined, null, 'text', { preventDefault: 1 }]) expect(emitter.emit('ask', odd)).toBe(true);
});
