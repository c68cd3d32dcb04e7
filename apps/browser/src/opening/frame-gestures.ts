import type { EventEmitter } from 'node:events';
import type { WebContents } from 'electron';
import { onMouseEvent } from './user-gestures.ts';

/** Shortest time between two windows that are made to ask Chromium whether there was a gesture, ms. */
const askEveryMs = 1000;

type InternalListener = (event: unknown, made: WebContents, disposition: string, gesture: unknown) => void;

/** Whether this runtime tells of presses in all frames, by `before-mouse-event`: known from the first one on. */
let seesAllFrames = false;

/**
 * Gestures inside frames that run in processes of their own. Runtimes without `before-mouse-event` (Electron 33) do not
 * deliver such presses to us, but Chromium knows of them, and says so when it has made the window. So one window a
 * second may be made to find out; without a gesture it is closed before it is shown.
 */
export class FrameGestures {
  readonly #contents: WebContents;
  /** Windows that Chromium made on a gesture. */
  readonly #onGesture = new WeakSet<WebContents>();
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(contents: WebContents) {
    this.#contents = contents;
    onMouseEvent(contents, () => {
      seesAllFrames = true;
    });
    // Internal to the runtime. Where it is missing, nothing is taken for a gesture.
    const internal: EventEmitter = contents;
    const listener: InternalListener = (_event, made, _disposition, gesture) => {
      if (gesture === true) this.#onGesture.add(made);
    };
    internal.prependListener('-add-new-contents', listener);
  }

  /** May a window be made to ask Chromium? */
  mayAsk(): boolean {
    const now = performance.now();
    if (seesAllFrames || now - this.#askedAt < askEveryMs) return false;
    this.#askedAt = now;
    const { mainFrame } = this.#contents;
    return mainFrame.framesInSubtree.some(({ osProcessId }) => osProcessId !== mainFrame.osProcessId);
  }

  /**
   * Was there a gesture? Without `made`, the runtime made no window: then the disposition tells. Chromium takes a click
   * for one with Ctrl or the middle button only when the input that it is handling is one.
   */
  confirms(made: WebContents | undefined, disposition: string): boolean {
    return made ? this.#onGesture.has(made) : disposition === 'background-tab';
  }
}
