import type { Input } from 'electron';

/** A key that goes down or comes up, and the command that it stands for. A menu knows only the command. */
export interface KeyEvent extends Pick<Input, 'type' | 'isAutoRepeat'> {
  code: string | undefined;
  command?: string | undefined;
}

/**
 * Tells presses of keys from the repetitions of a held key, for commands that must not repeat.
 *
 * Chromium marks repetitions (`isAutoRepeat`), but on X11 not the first one of each key. It also swallows the event of
 * a key that comes up when its press was a command. So an unmarked event of the same key, after a time in which a
 * system may have begun to repeat it, is held back for a moment: a marked one that follows shows what it was.
 *
 * One for all contents of a window: a command may move the focus while its key is held.
 */
export class KeyPresses {
  readonly #firstIsUnmarked: boolean;
  #last: Pick<KeyEvent, 'code' | 'command'> = { code: undefined };
  #since = 0;
  #doubtful: { timer: NodeJS.Timeout; act: () => void } | undefined;

  /** `firstIsUnmarked`: the system's first repetition is not marked. */
  constructor(firstIsUnmarked = process.platform === 'linux') {
    this.#firstIsUnmarked = firstIsUnmarked;
  }

  /** Takes a key event, and calls `act` once if it is the press of a key, now or within `doubtMs`. */
  take({ type, code, command, isAutoRepeat }: KeyEvent, act: () => void): void {
    const last = this.#last;
    const isSame = (code !== undefined && code === last.code) || (command !== undefined && command === last.command);
    const sinceMs = performance.now() - this.#since;
    if (type !== 'keyDown') {
      if (isSame) this.release();
      return;
    }
    // Another key ends the repetition of a held one. The command comes before what the user types behind it.
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

  /** Acts on a press that waited for a repetition to show up. */
  #settle(): void {
    const doubtful = this.#doubtful;
    this.#doubtful = undefined;
    clearTimeout(doubtful?.timer);
    doubtful?.act();
  }

  /** The key has come up. */
  release(): void {
    this.#last = { code: undefined };
  }
}

/** A system begins to repeat a held key after a time between these two, ms. */
const shortestDelayMs = 150;
const longestDelayMs = 2000;
/** Within this time the next repetition follows, ms: systems repeat 20 to 40 times a second. */
export const doubtMs = 100;
