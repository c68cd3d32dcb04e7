import type { EventEmitter } from 'node:events';
import type { Event, Input, WebContents } from 'electron';

/** Lifetime of a gesture, ms. The same as Chromium's transient activation. */
export const gestureMs = 5000;

/** Keys that are not a gesture in Chromium: Escape, and modifier keys. */
const idleKeys = new Set([
  'Escape',
  'Shift',
  'Control',
  'Alt',
  'AltGraph',
  'Meta',
  'CapsLock',
  'NumLock',
  'ScrollLock',
]);

/** The part of Electron's input events that is read. Its types leave out `key`, and spell the modifiers in two ways. */
interface Heard {
  type: string;
  modifiers?: readonly string[];
  key?: string;
}

/** True for the start of a gesture: a press of a button or of a key, or a lifted finger. */
export function isGesture({ type, modifiers = [], key = '' }: Heard): boolean {
  if (type === 'mouseDown' || type === 'touchEnd') return true;
  const repeated = modifiers.some((each) => each.toLowerCase() === 'isautorepeat');
  return (type === 'rawKeyDown' || type === 'keyDown') && !repeated && !idleKeys.has(key);
}

/**
 * The user's gestures in one tab, from the browser's own record of the input that it delivers. No script can forge
 * them, neither the page's nor `executeJavaScript` with its gesture flag. A gesture in any frame counts for the tab.
 *
 * Without `before-mouse-event`, Electron does not report presses inside subframes of other processes; see
 * `FrameGestures`.
 */
export class UserGestures {
  readonly #now: () => number;
  #at = Number.NEGATIVE_INFINITY;

  constructor(contents: WebContents, now: () => number = () => performance.now()) {
    this.#now = now;
    contents.on('input-event', (_event, input) => this.#hear(input));
    // Emitted before the page gets the key, for all frames. A key of Bulkhead's own shortcuts never reaches the page.
    contents.on('before-input-event', (event: Event, input: Input) => {
      const type = input.type === 'keyDown' ? 'keyDown' : 'keyUp';
      const heard: Heard = { type, key: input.key, modifiers: input.isAutoRepeat ? ['isAutoRepeat'] : [] };
      process.nextTick(() => event.defaultPrevented || this.#hear(heard));
    });
    onMouseEvent(contents, (mouse) => this.#hear(mouse));
    // A gesture applies only to the document in which it was made.
    contents.on('did-navigate', () => this.#spend());
  }

  /** True when there was a gesture in this tab that has not been used yet. */
  get active(): boolean {
    return this.#now() - this.#at <= gestureMs;
  }

  /** Uses the gesture up. Returns false when there is none. */
  consume(): boolean {
    const { active } = this;
    this.#spend();
    return active;
  }

  #hear(input: Heard): void {
    if (isGesture(input)) this.#at = this.#now();
  }

  #spend(): void {
    this.#at = Number.NEGATIVE_INFINITY;
  }
}

/** Listens to presses in all frames, in versions of Electron that report them. Electron 33 does not. */
export function onMouseEvent(contents: EventEmitter, listener: (mouse: Heard) => void): void {
  contents.on('before-mouse-event', (_event: Event, mouse: Heard) => listener(mouse));
}
