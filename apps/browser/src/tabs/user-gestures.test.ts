import { EventEmitter } from 'node:events';
import type { WebContents } from 'electron';
import { expect, test } from 'vitest';
import { gestureMs, isGesture, UserGestures } from './user-gestures.ts';

test.each([
  ['a press of a mouse button', { type: 'mouseDown' }, true],
  ['a lifted finger', { type: 'touchEnd' }, true],
  ['a key', { type: 'rawKeyDown', key: 'Enter' }, true],
  ['a repeated key', { type: 'rawKeyDown', key: 'Enter', modifiers: ['isAutoRepeat'] }, false],
  [
    'a repeated key, as newer versions of Electron spell it',
    { type: 'keyDown', key: 'a', modifiers: ['isautorepeat'] },
    false,
  ],
  ['Escape', { type: 'keyDown', key: 'Escape' }, false],
  ['Control alone', { type: 'keyDown', key: 'Control' }, false],
  ['a released key', { type: 'keyUp', key: 'Enter' }, false],
  ['a moving mouse', { type: 'mouseMove' }, false],
  ['a wheel', { type: 'mouseWheel' }, false],
  ['a scrolling finger', { type: 'touchMove' }, false],
])('%s counts as a gesture: %s', (_what, input, expected) => expect(isGesture(input)).toBe(expected));

/** Creates a tab whose input the test generates. */
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

test('one gesture allows one window, within five seconds, in the same document', () => {
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

test('sees presses in all frames where Electron reports them', () => {
  const { contents, gestures } = tab();
  contents.emit('before-mouse-event', {}, { type: 'mouseDown' });
  expect(gestures.consume()).toBe(true);
});

test('a shortcut of the browser is not a gesture for the page', async () => {
  const { contents, gestures } = tab();
  const key = { type: 'keyDown', key: 't', isAutoRepeat: false };
  contents.emit('before-input-event', { defaultPrevented: true }, key);
  await new Promise(process.nextTick);
  expect(gestures.active).toBe(false);
  contents.emit('before-input-event', { defaultPrevented: false }, key);
  await new Promise(process.nextTick);
  expect(gestures.active).toBe(true);
});
