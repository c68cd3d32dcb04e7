import type { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WebContents, WebFrameMain } from 'electron';
import { framesOf, processOf } from '../tabs/frame-tree.ts';
import { onMouseEvent } from '../tabs/user-gestures.ts';

/** Shortest time between two questions whether there was a gesture, ms: by creating a window, or by asking frames. */
const askEveryMs = 1000;
/** Maximum number of frames to ask, because a page may have any number. */
const mostAsked = 32;

type InternalListener = (event: unknown, made: WebContents, disposition: string, gesture: unknown) => void;

/** True once Electron has reported a press with `before-mouse-event`, which covers all frames. */
let seesAllFrames = false;

/**
 * Gestures inside subframes that run in processes of their own. Without `before-mouse-event` (Electron 33), Electron
 * does not report such presses to Bulkhead, but Chromium knows of them, and reports a gesture after it has created the
 * window. So one window a second may be created to find out. Without a gesture it is closed before it is shown.
 */
export class FrameGestures {
  readonly #contents: WebContents;
  /** Windows that Chromium created on a gesture. */
  readonly #onGesture = new WeakSet<WebContents>();
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(contents: WebContents) {
    this.#contents = contents;
    onMouseEvent(contents, () => {
      seesAllFrames = true;
    });
    // An internal event of Electron. If it is missing, no window counts as opened by a gesture.
    const internal: EventEmitter = contents;
    const listener: InternalListener = (_event, made, _disposition, gesture) => {
      if (gesture === true) this.#onGesture.add(made);
    };
    internal.prependListener('-add-new-contents', listener);
  }

  /** Says whether a window may be created to ask Chromium. */
  mayAsk(): boolean {
    return this.#inOtherProcesses().length > 0;
  }

  /**
   * Asks subframes in other processes whether there was a gesture, where no window can tell. They may lie: use the
   * answer only to tell the user something.
   */
  async claimed(): Promise<boolean> {
    const claims = this.#inOtherProcesses().map(async (frame) => {
      const isActive: unknown = await frame.executeJavaScript('navigator.userActivation.isActive');
      if (isActive !== true) throw new Error('no gesture in this frame');
      return true;
    });
    return Promise.any([...claims, sleep(askEveryMs, false)]);
  }

  /** Returns the frames that may know, at most once in `askEveryMs`. */
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
   * Says whether there was a gesture. Without `made`, Electron has created no window, and the disposition decides:
   * Chromium treats a click as one with Ctrl or the middle button only when the input that it is handling is such a
   * click.
   */
  confirms(made: WebContents | undefined, disposition: string): boolean {
    return made ? this.#onGesture.has(made) : disposition === 'background-tab';
  }
}
