import { describe, expect, test } from 'vitest';
import { commandFor, type KeyInput, repeats } from './shortcuts.ts';

type Modifier = 'control' | 'shift' | 'alt' | 'meta' | 'altgr';

/** A key press as Chromium reports it: what the key types, and its place on a US keyboard. */
function press(key: string, code: string, ...modifiers: Modifier[]) {
  const input: KeyInput = {
    type: 'keyDown',
    key,
    code,
    control: modifiers.includes('control'),
    shift: modifiers.includes('shift'),
    alt: modifiers.includes('alt'),
    meta: modifiers.includes('meta'),
    modifiers: modifiers.filter((modifier) => modifier === 'altgr') as KeyInput['modifiers'],
  };
  return commandFor(input);
}

describe.skipIf(process.platform === 'darwin')('shortcuts', () => {
  test('are the keys of a browser', () => {
    expect(press('Tab', 'Tab', 'control')).toEqual({ name: 'next-tab' });
    expect(press('Tab', 'Tab', 'control', 'shift')).toEqual({ name: 'previous-tab' });
    expect(press('F5', 'F5')).toEqual({ name: 'reload' });
    expect(press('F11', 'F11')).toEqual({ name: 'full-screen' });
    expect(press('F12', 'F12')).toEqual({ name: 'developer-tools' });
    expect(press('F5', 'F5', 'control')).toEqual({ name: 'reload-anew' });
    expect(press('F5', 'F5', 'shift')).toEqual({ name: 'reload-anew' });
    expect(press('Escape', 'Escape', 'shift')).toEqual({ name: 'show-processes' });
    expect(press('ArrowLeft', 'ArrowLeft', 'alt')).toEqual({ name: 'back' });
    expect(press('ArrowRight', 'ArrowRight', 'alt')).toEqual({ name: 'forward' });
  });

  /**
   * Layout, the character that Ctrl with the key types, the key's place, and the command. All pairs are from real
   * layouts.
   */
  const layouts: [layout: string, key: string, code: string, command: string | undefined][] = [
    ['us', 't', 'KeyT', 'new-tab'],
    ['us, Caps Lock', 'T', 'KeyT', 'new-tab'],
    ['us', 'w', 'KeyW', 'close-tab'],
    ['us', 'l', 'KeyL', 'focus-address'],
    ['us', 'r', 'KeyR', 'reload'],
    ['us', 'c', 'KeyC', undefined],
    // Latin letters: the letter counts.
    ['dvorak', 't', 'KeyK', 'new-tab'],
    ['dvorak', 'y', 'KeyT', undefined],
    ['dvorak', 'w', 'Comma', 'close-tab'],
    ['dvorak', ',', 'KeyW', undefined],
    ['dvorak', "'", 'KeyQ', undefined],
    ['dvorak', 'r', 'KeyO', 'reload'],
    ['dvorak', 'p', 'KeyR', 'print'],
    ['dvorak', 'l', 'KeyP', 'focus-address'],
    ['dvorak', 'n', 'KeyL', undefined],
    ['fr', 'w', 'KeyZ', 'close-tab'],
    ['fr', 'z', 'KeyW', undefined],
    ['fr', 't', 'KeyT', 'new-tab'],
    ['fr, bépo', 'é', 'KeyW', undefined],
    ['fr, bépo', 'w', 'BracketRight', 'close-tab'],
    ['de', 'w', 'KeyW', 'close-tab'],
    ['de', 'ü', 'BracketLeft', undefined],
    ['tr', 'ı', 'KeyI', undefined],
    ['tr, F', 't', 'KeyH', 'new-tab'],
    ['tr, F', 'ı', 'KeyR', undefined],
    // No Latin letters: the place counts.
    ['ru', 'е', 'KeyT', 'new-tab'],
    ['ru, Caps Lock', 'Е', 'KeyT', 'new-tab'],
    ['ru', 'ц', 'KeyW', 'close-tab'],
    ['ru', 'д', 'KeyL', 'focus-address'],
    ['ru', 'к', 'KeyR', 'reload'],
    ['ru', 'х', 'BracketLeft', undefined],
    ['gr', 'τ', 'KeyT', 'new-tab'],
    ['gr', 'ς', 'KeyW', 'close-tab'],
    ['gr', 'λ', 'KeyL', 'focus-address'],
    ['gr', 'ρ', 'KeyR', 'reload'],
    ['gr', ';', 'KeyQ', undefined],
    ['il', 'א', 'KeyT', 'new-tab'],
    ['il', "'", 'KeyW', 'close-tab'],
    ['il', '/', 'KeyQ', undefined],
    ['il', 'ך', 'KeyL', 'focus-address'],
    ['il', 'ר', 'KeyR', 'reload'],
    ['kr, 2-set', 'ㅅ', 'KeyT', 'new-tab'],
    ['kr, 2-set', 'ㅈ', 'KeyW', 'close-tab'],
    ['kr, 2-set', 'ㅣ', 'KeyL', 'focus-address'],
    ['kr, 2-set', 'ㄱ', 'KeyR', 'reload'],
    ['kr, composing in an input method', 'Process', 'KeyT', 'new-tab'],
    ['kr, Latin', 't', 'KeyT', 'new-tab'],
    ['ara', 'ف', 'KeyT', 'new-tab'],
    ['jp, composing in an input method', 'Process', 'KeyR', 'reload'],
    ['an accent', 'Dead', 'KeyT', 'new-tab'],
    // A key without a known place.
    ['a remote keyboard', 't', '', 'new-tab'],
    ['a remote keyboard', 'е', '', undefined],
  ];
  test.each(layouts)('on %s: Ctrl with %s in the place of %s', (_layout, key, code, command) => {
    expect(press(key, code, 'control')?.name).toBe(command);
  });

  test.each([
    ['us', 'T', 'KeyT', 'reopen'],
    ['us, Caps Lock', 't', 'KeyT', 'reopen'],
    ['ru', 'Е', 'KeyT', 'reopen'],
    ['gr', 'Τ', 'KeyT', 'reopen'],
    ['il', 'א', 'KeyT', 'reopen'],
    ['kr, 2-set', 'ㅆ', 'KeyT', 'reopen'],
    ['dvorak', 'T', 'KeyK', 'reopen'],
    ['dvorak', 'Y', 'KeyT', undefined],
    ['us', 'W', 'KeyW', undefined],
    ['us', '!', 'Digit1', undefined],
    ['fr', '1', 'Digit1', undefined],
  ])('on %s: Ctrl and Shift with %s in the place of %s', (_layout, key, code, command) => {
    expect(press(key, code, 'control', 'shift')?.name).toBe(command);
  });

  test.each([
    ['us', '1', 'Digit1', 0],
    ['us', '8', 'Digit8', 7],
    ['us', '9', 'Digit9', -1],
    ['fr', '&', 'Digit1', 0],
    ['fr', 'é', 'Digit2', 1],
    ['fr', 'ç', 'Digit9', -1],
    ['us, the keypad with Num Lock', '3', 'Numpad3', 2],
    ['us, the keypad without Num Lock', 'PageDown', 'Numpad3', undefined],
    ['ara', '١', 'Digit1', 0],
  ])('on %s: Ctrl with %s in the place of %s selects a tab', (_layout, key, code, index) => {
    expect(press(key, code, 'control')).toEqual(index === undefined ? undefined : { name: 'select-tab', index });
  });

  test.each([
    ['us', '=', 'Equal', 'zoom-in'],
    ['us', '-', 'Minus', 'zoom-out'],
    ['us', '0', 'Digit0', 'zoom-reset'],
    ['fr', 'à', 'Digit0', 'zoom-reset'],
    ['fr', '-', 'Digit6', 'select-tab'],
    ['fr', '=', 'Equal', 'zoom-in'],
    ['de', '+', 'BracketRight', 'zoom-in'],
    ['the keypad', '+', 'NumpadAdd', 'zoom-in'],
    ['the keypad', '-', 'NumpadSubtract', 'zoom-out'],
    ['us', 'h', 'KeyH', 'show-history'],
    ['us', 'p', 'KeyP', 'print'],
    ['ru', 'г', 'KeyU', 'view-source'],
    ['us', 'constructor', 'KeyX', undefined],
  ])('on %s: Ctrl with %s in the place of %s acts on the page', (_layout, key, code, command) => {
    expect(press(key, code, 'control')?.name).toBe(command);
  });

  test.each([
    ['us', '+', 'Equal', 'zoom-in'],
    ['us', '_', 'Minus', 'zoom-out'],
    ['us', 'R', 'KeyR', 'reload-anew'],
    ['ru', 'Ш', 'KeyI', 'developer-tools'],
    ['us', 'P', 'KeyP', undefined],
  ])('on %s: Ctrl and Shift with %s in the place of %s acts on the page', (_layout, key, code, command) => {
    expect(press(key, code, 'control', 'shift')?.name).toBe(command);
  });

  test('leave other keys to the page', () => {
    expect(press('t', 'KeyT')).toBeUndefined();
    expect(press('е', 'KeyT')).toBeUndefined();
    expect(press('l', 'KeyL', 'control', 'alt')).toBeUndefined();
    expect(press('ł', 'KeyL', 'control', 'altgr')).toBeUndefined();
    expect(press('w', 'KeyW', 'alt')).toBeUndefined();
    const up = { key: 't', code: 'KeyT', control: true, meta: true, shift: false, alt: false, modifiers: [] };
    expect(commandFor({ type: 'keyUp', ...up })).toBeUndefined();
  });

  test('repeat while their keys are held only to step through tabs and zoom levels', () => {
    expect(repeats({ name: 'next-tab' })).toBe(true);
    expect(repeats({ name: 'previous-tab' })).toBe(true);
    for (const name of ['zoom-in', 'zoom-out'] as const) expect(repeats({ name })).toBe(true);
    for (const name of ['new-tab', 'close-tab', 'reopen', 'reload', 'back', 'forward', 'print'] as const)
      expect(repeats({ name })).toBe(false);
  });
});
