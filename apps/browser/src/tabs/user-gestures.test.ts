import { EventEmitter } from 'node:events';
import type { WebContents } from 'electron';
import { expect, test } from 'vitest';
import { gestureMs, isGesture, UserGestures } from './user-gestures.ts';

test.each([
  ['a press of a mouse button', { type: 'mouseDown' }, true],
  ['a finger that is lifted', { type: 'touchEnd' }, true],
  ['a key', { type: 'rawKeyDown', key: 'Enter' }, true],
  ['a key that is held', { type: 'rawKeyDown', key: 'Enter', modifiers: ['isAutoRepeat'] }, false],
  ['a key that is held, as newer runtimes spell it', { type: 'keyDown', key: 'a', modifiers: ['isautorepeat'] }, false],
  ['Escape', { type: 'keyDown', key: 'Escape' }, false],
  ['Control alone', { type: 'keyDown', key: 'Control' }, false],
  ['a key that is let go', { type: 'keyUp', key: 'Enter' }, false],
  ['a mouse that moves', { type: 'mouseMove' }, false],
  ['a wheel', { type: 'mouseWheel' }, false],
  ['a finger that scrolls', { type: 'touchMove' }, false],
])('%s: a gesture is %s', (_what, input, expected) => expect(isGesture(input)).toBe(expected));

/** A tab whose input is made here. */
function tab() {
  const contents = new EventEmitter();
  let now = 0;
  const gestures = new UserGestures(contents as WebContents, () => now);
  return {
    contents,
    gestures,
    press: () => contents.emit('input-event', {}, { type: 'mouseDown' }),
    wait: (ms: number) => {
      now += ms;
    },
  };
}

test('allows one window for one gesture, within five seconds, in the same document', () => {
  const { contents, gestures, press, wait } = tab();
  expect(gestures.consume()).toBe(false);
  press();
  expect(gestures.active).toBe(true);
  expect(gestures.consume()).toBe(true);
  expect(gestures.consume()).toBe(false);
  press();
  wait(gestureMs);
  expect(gestures.consume()).toBe(true);
  press();
  wait(gestureMs + 1);
  expect(gestures.consume()).toBe(false);
  press();
  contents.emit('did-navigate');
  expect(gestures.consume()).toBe(false);
});

test('hears presses in all frames where the runtime tells of them', () => {
  const { contents, gestures } = tab();
  contents.emit('before-mouse-event', {}, { type: 'mouseDown' });
  expect(gestures.consume()).toBe(true);
});

test('a shortcut of the browser is no gesture for the page', async () => {
  const { contents, gestures } = tab();
  const key = { type: 'keyDown', key: 't', isAutoRepeat: false };
  contents.emit('before-input-event', { defaultPrevented: true }, key);
  await new Promise(process.nextTick);
  expect(gestures.active).toBe(false);
  contents.emit('before-input-event', { defaultPrevented: false }, key);
  await new Promise(process.nextTick);
  expect(gestures.active).toBe(true);
});
