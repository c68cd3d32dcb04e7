import type { EventEmitter } from 'node:events';
import type { Event, Input, WebContents } from 'electron';

/** How long a gesture allows what needs one, ms. The same as Chromium's transient activation. */
export const gestureMs = 5000;

/** Keys that are no gesture in Chromium: Escape, and those that only change other keys. */
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

/** What of the runtime's input events is read. Its types leave out the `key`, and spell the modifiers in two ways. */
interface Heard {
  type: string;
  modifiers?: readonly string[];
  key?: string;
}

/** Is this the beginning of a gesture: a press of a button or of a key, or a finger that is lifted? */
export function isGesture({ type, modifiers = [], key = '' }: Heard): boolean {
  if (type === 'mouseDown' || type === 'touchEnd') return true;
  const repeated = modifiers.some((each) => each.toLowerCase() === 'isautorepeat');
  return (type === 'rawKeyDown' || type === 'keyDown') && !repeated && !idleKeys.has(key);
}

/**
 * The user's gestures in one tab, by the browser's own record of the input that it delivers. No script can forge them:
 * not the page's, and not `executeJavaScript` with its gesture flag. A gesture in any frame counts for the tab.
 *
 * Runtimes without `before-mouse-event` do not tell of presses inside frames of other processes; see `FrameGestures`.
 */
export class UserGestures {
  readonly #now: () => number;
  #at = Number.NEGATIVE_INFINITY;

  constructor(contents: WebContents, now: () => number = () => performance.now()) {
    this.#now = now;
    contents.on('input-event', (_event, input) => this.#hear(input));
    // Before the page, for all frames. A key that is one of Bulkhead's own shortcuts never reaches the page.
    contents.on('before-input-event', (event: Event, input: Input) => {
      const type = input.type === 'keyDown' ? 'keyDown' : 'keyUp';
      const heard: Heard = { type, key: input.key, modifiers: input.isAutoRepeat ? ['isAutoRepeat'] : [] };
      process.nextTick(() => event.defaultPrevented || this.#hear(heard));
    });
    onMouseEvent(contents, (mouse) => this.#hear(mouse));
    // A gesture is for the document that it was made in.
    contents.on('did-navigate', () => this.#spend());
  }

  /** Has the user done something in this tab that nothing has been opened for yet? */
  get active(): boolean {
    return this.#now() - this.#at <= gestureMs;
  }

  /** Uses the gesture up; false when there is none. */
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

/** Listens to presses in all frames, in runtimes that tell of them: Electron 33 does not. */
export function onMouseEvent(contents: EventEmitter, listener: (mouse: Heard) => void): void {
  contents.on('before-mouse-event', (_event: Event, mouse: Heard) => listener(mouse));
}
