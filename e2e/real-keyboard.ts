import { Display } from './display.ts';

/** X key codes of a PC keyboard, for any layout. */
export const keyCodes = {
  control: 37,
  shift: 50,
  alt: 64,
  left: 113,
  enter: 36,
  tab: 23,
  semicolon: 47,
  slash: 61,
  '1': 10,
  '9': 18,
  ...{ W: 25, E: 26, R: 27, T: 28, Y: 29, U: 30, I: 31, O: 32 },
  ...{ A: 38, S: 39, D: 40, F: 41, G: 42, H: 43, J: 44, K: 45, L: 46, C: 54, B: 56 },
} as const;

/**
 * A keyboard and a mouse on the X display of the tests, with the XTEST extension. Their input takes the same path as a
 * real device's: to the focused window and contents. Electron's own input events do not reach plugins such as the PDF
 * viewer.
 */
export class RealKeyboard implements AsyncDisposable {
  readonly #display: Display;
  readonly #opcode: number;

  private constructor(display: Display, opcode: number) {
    this.#display = display;
    this.#opcode = opcode;
  }

  static async connect(): Promise<RealKeyboard> {
    const display = await Display.connect();
    return new RealKeyboard(display, await display.extension('XTEST'));
  }

  /** Presses keys one after the other, holds the last one for `holdMs`, and releases them in reverse order. */
  async press(keys: readonly (keyof typeof keyCodes)[], holdMs = 30): Promise<void> {
    for (const key of keys) this.#send(2, keyCodes[key]);
    await new Promise((resolve) => setTimeout(resolve, holdMs));
    for (const key of [...keys].reverse()) this.#send(3, keyCodes[key]);
  }

  /** Presses keys one after the other, each with its preceding keys held. `gapMs`: time before each press. */
  type(presses: readonly (readonly (keyof typeof keyCodes)[])[], gapMs = 0): void {
    for (const keys of presses) {
      for (const [index, key] of keys.entries()) this.#send(2, keyCodes[key], { delayMs: index === 0 ? gapMs : 0 });
      for (const key of [...keys].reverse()) this.#send(3, keyCodes[key]);
    }
  }

  /** Moves the pointer to a point of the screen. */
  point(x: number, y: number): void {
    this.#send(6, 0, { x, y });
  }

  /** Clicks a point of the screen. */
  click(x: number, y: number): void {
    this.point(x, y);
    this.#send(4, 1);
    this.#send(5, 1);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#display.close();
  }

  /** FakeInput. `type` as in X events (2 key down, 3 key up, 4 button down, 5 button up, 6 motion). */
  #send(type: number, detail: number, { x = 0, y = 0, delayMs = 0 } = {}): void {
    const request = Buffer.alloc(36);
    request.writeUInt8(this.#opcode, 0);
    request.writeUInt8(2, 1);
    request.writeUInt16LE(9, 2);
    request.writeUInt8(type, 4);
    request.writeUInt8(detail, 5);
    request.writeUInt32LE(delayMs, 8);
    request.writeInt16LE(x, 24);
    request.writeInt16LE(y, 26);
    this.#display.send(request);
  }
}
