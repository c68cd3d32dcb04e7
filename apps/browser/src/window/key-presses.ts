import type { Input } from 'electron';

/** A key that is pressed or released, and its command. A menu knows only the command. */
export interface KeyEvent extends Pick<Input, 'type' | 'isAutoRepeat'> {
  code: string | undefined;
  command?: string | undefined;
}

/**
 * Tells key presses from the repetitions of a held key, for commands that must not repeat.
 *
 * Chromium marks repetitions (`isAutoRepeat`), but on X11 it does not mark the first one of a key. It also swallows the
 * release of a key whose press was a command. So an unmarked event of the same key, at a time at which the system may
 * have begun to repeat it, is delayed by `doubtMs`: if a marked event follows, it was a repetition.
 *
 * Use one instance for all contents of a window: a command may move the focus while its key is held.
 */
export class KeyPresses {
  readonly #firstIsUnmarked: boolean;
  #last: Pick<KeyEvent, 'code' | 'command'> = { code: undefined };
  #since = 0;
  #doubtful: { timer: NodeJS.Timeout; act: () => void } | undefined;

  /** `firstIsUnmarked`: the system does not mark the first repetition. */
  constructor(firstIsUnmarked = process.platform === 'linux') {
    this.#firstIsUnmarked = firstIsUnmarked;
  }

  /** Takes a key event. If it is a press, calls `act` once, now or within `doubtMs`. */
  take({ type, code, command, isAutoRepeat }: KeyEvent, act: () => void): void {
    const last = this.#last;
    const isSame = (code !== undefined && code === last.code) || (command !== undefined && command === last.command);
    const sinceMs = performance.now() - this.#since;
    if (type !== 'keyDown') {
      if (isSame) this.release();
      return;
    }
    // Another key ends the repetition of a held key. The delayed command runs before the key that follows it.
    if (!isSame) this.#settle();
    const wasDoubtful = this.#doubtful !== undefined && isSame;
    this.#last = { code, command };
    this.#since = performance.now();
    if (isAutoRepeat) {
      clearTimeout(this.#doubtful?.timer);
      this.#doubtful = undefined;
      return;
    }
    const isDoubtful = isSame && sinceMs >= shortestDelayMs && sinceMs < longestDelayMs;
    if (!this.#firstIsUnmarked || !isDoubtful || wasDoubtful) act();
    else {
      this.#doubtful = { timer: setTimeout(() => this.#settle(), doubtMs), act };
    }
  }

  /** Acts on a delayed press. */
  #settle(): void {
    const doubtful = this.#doubtful;
    this.#doubtful = undefined;
    clearTimeout(doubtful?.timer);
    doubtful?.act();
  }

  /** Notes that the key was released. */
  release(): void {
    this.#last = { code: undefined };
  }
}

/** A system begins to repeat a held key after a delay between these two, ms. */
const shortestDelayMs = 150;
const longestDelayMs = 2000;
/** Longest time to the next repetition, ms: systems repeat 20 to 40 times a second. */
export const doubtMs = 100;
