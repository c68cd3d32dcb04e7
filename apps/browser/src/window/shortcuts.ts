import type { Input } from 'electron';

/** A keyboard command. It works wherever the focus is: in the shell, in a page, in a page that hangs. */
export type Command =
  | { name: 'new-tab' | 'close-tab' | 'focus-address' | 'reload' | 'next-tab' | 'previous-tab' | 'back' | 'forward' }
  | { name: 'show-processes' | 'show-history' | 'reopen' | 'full-screen' }
  | { name: PageCommand }
  | { name: 'select-tab'; index: number };

/** A command that acts on the page of the active tab. */
export type PageCommand =
  | 'reload-anew'
  | 'zoom-in'
  | 'zoom-out'
  | 'zoom-reset'
  | 'print'
  | 'view-source'
  | 'developer-tools';

/**
 * The fields of a key event that select a command. `modifiers` holds 'altgr' while the right Alt key selects
 * characters.
 */
export type KeyInput = Pick<Input, 'type' | 'key' | 'code' | 'control' | 'meta' | 'shift' | 'alt' | 'modifiers'>;

/** Returns the command of a key press; undefined for every other key. `index` counts from 0, -1 is the last tab. */
export function commandFor(input: KeyInput): Command | undefined {
  if (input.type !== 'keyDown') return undefined;
  const key = keyOf(input);
  const primary = process.platform === 'darwin' ? input.meta : input.control;
  if (input.control && key === 'Tab') return { name: input.shift ? 'previous-tab' : 'next-tab' };
  if (input.alt && !primary) {
    if (key === 'ArrowLeft') return { name: 'back' };
    if (key === 'ArrowRight') return { name: 'forward' };
    return undefined;
  }
  if (input.shift && key === 'Escape') return { name: 'show-processes' };
  if (key === 'F5') return { name: primary || input.shift ? 'reload-anew' : 'reload' };
  if (key === 'F12') return { name: 'developer-tools' };
  if (key === 'F11') return { name: 'full-screen' };
  // AltGr with Ctrl types a character on many layouts.
  if (!primary || input.alt || input.modifiers?.includes('altgr')) return undefined;
  // Some layouts need Shift for `+` or `=`, so Shift does not matter here. In the digit row the key's place counts.
  const isDigitRow = input.code.startsWith('Digit');
  const zoom = isDigitRow
    ? undefined
    : commandNamed(key, { '+': 'zoom-in', '=': 'zoom-in', '-': 'zoom-out', _: 'zoom-out' });
  if (zoom) return zoom;
  if (input.shift) return commandNamed(key, { t: 'reopen', r: 'reload-anew', i: 'developer-tools' });
  const plain = commandNamed(key, {
    t: 'new-tab',
    w: 'close-tab',
    l: 'focus-address',
    r: 'reload',
    h: 'show-history',
    p: 'print',
    u: 'view-source',
  });
  if (plain) return plain;
  const digit = digitOf(input);
  if (digit === undefined) return undefined;
  if (digit === 0) return { name: 'zoom-reset' };
  return { name: 'select-tab', index: digit === 9 ? -1 : digit - 1 };
}

/** Returns true if a held key repeats this command: only stepping through tabs and zoom levels, as in Chrome. */
export const repeats = ({ name }: Command): boolean =>
  name === 'next-tab' || name === 'previous-tab' || name === 'zoom-in' || name === 'zoom-out';

type Named = Exclude<Command, { index: number }>;

function commandNamed(key: string, names: Record<string, Named['name']>): Named | undefined {
  const name = Object.hasOwn(names, key) ? names[key] : undefined;
  return name && ({ name } as Named);
}

/**
 * Returns the key's name, or its Latin letter in lower case. Where the layout has no Latin letters, the letter is that
 * of the key's place on a US keyboard. On a layout with Latin letters (`dvorak`, `fr`) the place says nothing.
 */
function keyOf({ key, code }: Pick<KeyInput, 'key' | 'code'>): string {
  const place = /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase();
  const isLatin = /^[\x20-\x7e]$|^\p{Script=Latin}$/u.test(key) && !punctuationOfOtherScripts[code]?.includes(key);
  // An input method that composes text reports `Process`, and a key that starts an accent `Dead`.
  const isNamed = key.length > 1 && !['Process', 'Unidentified', 'Dead'].includes(key);
  if (isLatin || isNamed || place === undefined) return key.length === 1 ? key.toLowerCase() : key;
  return place;
}

/** Hebrew and Greek layouts have no Latin letters, but ASCII punctuation in the place of a letter. */
const punctuationOfOtherScripts: Record<string, string> = { KeyQ: '/;:', KeyW: "'" };

/** Digits go by place: on `fr` the digit row types digits only with Shift. On the keypad Num Lock decides. */
function digitOf({ key, code }: Pick<KeyInput, 'key' | 'code'>): number | undefined {
  const place = /^Digit(\d)$/.exec(code)?.[1];
  const digit = place ?? (/^\d$/.test(key) ? key : undefined);
  return digit === undefined ? undefined : Number(digit);
}
