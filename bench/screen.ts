import { setTimeout as sleep } from 'node:timers/promises';
import { Display, type Rectangle } from '../e2e/display.ts';
import { now } from './launched.ts';

/** Longest wait for a change on the screen, ms. */
const mostMs = 20_000;

/** The pixels that the display shows. */
export class Screen implements AsyncDisposable {
  readonly #display: Display;

  private constructor(display: Display) {
    this.#display = display;
  }

  static async connect(): Promise<Screen> {
    return new Screen(await Display.connect());
  }

  picture(part: Rectangle): Promise<Buffer> {
    return this.#display.picture(part);
  }

  /** Waits until a part of the screen is as wanted, checked about every ms. Returns the time, ms of the wall clock. */
  async until(part: Rectangle, isWanted: (picture: Buffer) => boolean): Promise<number> {
    for (const since = now(); now() - since < mostMs; await sleep(1)) {
      if (isWanted(await this.#display.picture(part))) return now();
    }
    throw new Error(`the screen did not change as expected at ${JSON.stringify(part)} within ${mostMs / 1000} s`);
  }

  /** Returns the picture of a part of the screen once it has not changed for `forMs`. */
  async still(part: Rectangle, forMs = 300): Promise<Buffer> {
    let picture = await this.picture(part);
    for (let since = now(); now() - since < forMs; await sleep(10)) {
      const next = await this.picture(part);
      if (!next.equals(picture)) since = now();
      picture = next;
    }
    return picture;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#display.close();
  }
}
