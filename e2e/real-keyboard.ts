import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';

/** X key codes of a keyboard for PCs, whatever its layout. */
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

/** So many bytes, however they come. */
async function take(socket: Socket, bytes: number): Promise<Buffer> {
  for (;;) {
    const taken: Buffer | null = socket.read(bytes);
    if (taken) return taken;
    await once(socket, 'readable');
  }
}

/**
 * A keyboard and a mouse on the X display of the tests, by its XTEST extension. What it sends takes the same way as a
 * real device's: to whichever window and contents have the focus. The runtime's own input events reach no plugin.
 */
export class RealKeyboard implements AsyncDisposable {
  readonly #socket: Socket;
  readonly #opcode: number;

  private constructor(socket: Socket, opcode: number) {
    this.#socket = socket;
    this.#opcode = opcode;
  }

  static async connect(): Promise<RealKeyboard> {
    const display = /:(\d+)/.exec(process.env.DISPLAY ?? '')?.[1] ?? '0';
    const socket = connect(`/tmp/.X11-unix/X${display}`);
    await once(socket, 'connect');
    const cookie = await cookieOf(display);
    const name = cookie ? 'MIT-MAGIC-COOKIE-1' : '';
    const setup = Buffer.alloc(12 + padded(name.length) + padded(cookie?.length ?? 0));
    setup.write('l', 0);
    setup.writeUInt16LE(11, 2);
    setup.writeUInt16LE(name.length, 6);
    setup.writeUInt16LE(cookie?.length ?? 0, 8);
    setup.write(name, 12);
    cookie?.copy(setup, 12 + padded(name.length));
    socket.write(setup);
    const answer = await take(socket, 8);
    const rest = await take(socket, 4 * answer.readUInt16LE(6));
    if (answer[0] !== 1) throw new Error(`the display refuses: ${rest.toString('latin1')}`);
    const query = Buffer.alloc(16);
    query.writeUInt8(98, 0);
    query.writeUInt16LE(4, 2);
    query.writeUInt16LE(5, 4);
    query.write('XTEST', 8);
    socket.write(query);
    const extension = await take(socket, 32);
    socket.resume();
    if (extension[8] !== 1) throw new Error('the display has no XTEST');
    return new RealKeyboard(socket, extension[9] ?? 0);
  }

  /** Presses keys one after the other, holds the last one for `holdMs`, and lets them go in the reverse order. */
  async press(keys: readonly (keyof typeof keyCodes)[], holdMs = 30): Promise<void> {
    for (const key of keys) this.#send(2, keyCodes[key]);
    await new Promise((resolve) => setTimeout(resolve, holdMs));
    for (const key of [...keys].reverse()) this.#send(3, keyCodes[key]);
  }

  /** Presses keys one after the other, each with those held that stand before it. `gapMs`: time before each press. */
  type(presses: readonly (readonly (keyof typeof keyCodes)[])[], gapMs = 0): void {
    for (const keys of presses) {
      for (const [index, key] of keys.entries()) this.#send(2, keyCodes[key], { delayMs: index === 0 ? gapMs : 0 });
      for (const key of [...keys].reverse()) this.#send(3, keyCodes[key]);
    }
  }

  /** Clicks at a place of the screen. */
  click(x: number, y: number): void {
    this.#send(6, 0, { x, y });
    this.#send(4, 1);
    this.#send(5, 1);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.end();
    await once(this.#socket, 'close');
  }

  /** FakeInput: `type` as in X events (2 key down, 3 key up, 4 button down, 5 button up, 6 motion). */
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
    this.#socket.write(request);
  }
}

const padded = (length: number) => (length + 3) & ~3;

/** The secret that lets a program use the display; undefined where there is none. */
async function cookieOf(display: string): Promise<Buffer | undefined> {
  const file = process.env.XAUTHORITY && (await readFile(process.env.XAUTHORITY).catch(() => undefined));
  if (!file) return undefined;
  for (let at = 0; at < file.length; ) {
    const fields: Buffer[] = [];
    at += 2; // the family of the address
    for (let field = 0; field < 4; field++) {
      const length = file.readUInt16BE(at);
      fields.push(file.subarray(at + 2, at + 2 + length));
      at += 2 + length;
    }
    const [, number, , data] = fields;
    if (number?.length === 0 || number?.toString() === display) return data;
  }
  return undefined;
}
