import type { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WebContents, WebFrameMain } from 'electron';
import { framesOf, processOf } from '../tabs/frame-tree.ts';
import { onMouseEvent } from '../tabs/user-gestures.ts';

/** Shortest time between two questions whether there was a gesture, ms: by a window that is made for it, or to frames. */
const askEveryMs = 1000;
/** A page may have any number of frames. */
const mostAsked = 32;

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
   * Asks frames of other processes themselves whether there was a gesture, where no window will tell. They may lie: use
   * the answer only to tell the user something.
   */
  async claimed(): Promise<boolean> {
    const claims = this.#inOtherProcesses().map(async (frame) => {
      const isActive: unknown = await frame.executeJavaScript('navigator.userActivation.isActive');
      if (isActive !== true) throw new Error('no gesture in this frame');
      return true;
    });
    return Promise.any([...claims, sleep(askEveryMs, false)]);
  }

  /** The frames that may know, no more often than once in `askEveryMs`. */
  #inOtherProcesses(): WebFrameMain[] {
    const now = performance.now();
    if (seesAllFrames || now - this.#askedAt < askEveryMs) return [];
    this.#askedAt = now;
    const { mainFrame } = this.#contents;
    const own = processOf(mainFrame);
    const others = framesOf(mainFrame).filter((frame) => processOf(frame) !== own);
    return others.slice(0, mostAsked);
  }

  /**
   * Was there a gesture? Without `made`, the runtime made no window: then the disposition tells. Chromium takes a click
   * for one with Ctrl or the middle button only when the input that it is handling is one.
   */
  confirms(made: WebContents | undefined, disposition: string): boolean {
    return made ? this.#onGesture.has(made) : disposition === 'background-tab';
  }
}
