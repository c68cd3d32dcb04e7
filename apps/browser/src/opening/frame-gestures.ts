import type { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WebContents, WebFrameMain } from 'electron';
import { onMouseEvent } from './user-gestures.ts';

/** Shortest time between two windows that are made to ask Chromium whether there was a gesture, or two other questions, ms. */
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
    return this.#inOtherProcesses().length > 0;
  }

  /**
   * Where there will be no window that tells: does a frame say so itself? It may lie, so this is good for no more than
   * a word to the user.
   */
  async claimed(): Promise<boolean> {
    const claims = this.#inOtherProcesses().map(async (frame) => {
      if ((await frame.executeJavaScript('navigator.userActivation.isActive === true')) !== true) throw undefined;
      return true;
    });
    return Promise.any([...claims, sleep(askEveryMs, false)]).catch(() => false);
  }

  /** The frames that may know, no more often than once in `askEveryMs`. */
  #inOtherProcesses(): WebFrameMain[] {
    const now = performance.now();
    if (seesAllFrames || now - this.#askedAt < askEveryMs) return [];
    this.#askedAt = now;
    const { mainFrame } = this.#contents;
    return mainFrame.framesInSubtree.filter(({ osProcessId }) => osProcessId !== mainFrame.osProcessId);
  }

  /**
   * Was there a gesture? Without `made`, the runtime made no window: then the disposition tells. Chromium takes a click
   * for one with Ctrl or the middle button only when the input that it is handling is one.
   */
  confirms(made: WebContents | undefined, disposition: string): boolean {
    return made ? this.#onGesture.has(made) : disposition === 'background-tab';
  }
}
