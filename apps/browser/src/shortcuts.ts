import type { Input } from 'electron';

/** What a person can ask for by keyboard, wherever the focus is: in the shell, in a page, in a page that hangs. */
export type Command =
  | { name: 'new-tab' | 'close-tab' | 'focus-address' | 'reload' | 'next-tab' | 'previous-tab' | 'back' | 'forward' }
  | { name: 'show-processes' | 'reopen' }
  | { name: 'select-tab'; index: number };

/** The command of one key press; undefined for every other. `index` counts from 0, -1 is the last tab. */
export function commandFor(
  input: Pick<Input, 'type' | 'key' | 'control' | 'meta' | 'shift' | 'alt'>,
): Command | undefined {
  if (input.type !== 'keyDown') return undefined;
  const key = input.key.length === 1 ? input.key.toLowerCase() : input.key;
  const primary = process.platform === 'darwin' ? input.meta : input.control;
  if (input.control && key === 'Tab') return { name: input.shift ? 'previous-tab' : 'next-tab' };
  if (input.alt && !primary) {
    if (key === 'ArrowLeft') return { name: 'back' };
    if (key === 'ArrowRight') return { name: 'forward' };
    return undefined;
  }
  if (input.shift && key === 'Escape') return { name: 'show-processes' };
  if (key === 'F5') return { name: 'reload' };
  if (primary && input.shift && !input.alt && key === 't') return { name: 'reopen' };
  if (!primary || input.alt || input.shift) return undefined;
  const plain = { t: 'new-tab', w: 'close-tab', l: 'focus-address', r: 'reload' } as const;
  if (key in plain) return { name: plain[key as keyof typeof plain] };
  if (key >= '1' && key <= '8') return { name: 'select-tab', index: Number(key) - 1 };
  if (key === '9') return { name: 'select-tab', index: -1 };
  return undefined;
}
