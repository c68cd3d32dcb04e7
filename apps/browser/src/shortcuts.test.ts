import { expect, test } from 'vitest';
import { commandFor } from './shortcuts.ts';

const press = (key: string, ...modifiers: ('control' | 'shift' | 'alt' | 'meta')[]) =>
  commandFor({
    type: 'keyDown',
    key,
    control: modifiers.includes('control'),
    shift: modifiers.includes('shift'),
    alt: modifiers.includes('alt'),
    meta: modifiers.includes('meta'),
  });

test.skipIf(process.platform === 'darwin')('knows the keys of a browser', () => {
  expect(press('t', 'control')).toEqual({ name: 'new-tab' });
  expect(press('T', 'control')).toEqual({ name: 'new-tab' }); // caps lock
  expect(press('Tab', 'control')).toEqual({ name: 'next-tab' });
  expect(press('Tab', 'control', 'shift')).toEqual({ name: 'previous-tab' });
  expect(press('9', 'control')).toEqual({ name: 'select-tab', index: -1 });
  expect(press('F5')).toEqual({ name: 'reload' });
  expect(press('ArrowLeft', 'alt')).toEqual({ name: 'back' });
});

test('leaves a page its own keys', () => {
  expect(press('t')).toBeUndefined();
  expect(press('c', 'control')).toBeUndefined();
  expect(press('l', 'control', 'alt')).toBeUndefined();
  expect(commandFor({ type: 'keyUp', key: 't', control: true, meta: true, shift: false, alt: false })).toBeUndefined();
});
