import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';

/** A connection to the X display. One request with an answer is pending at a time. */
export class Display {
  readonly #socket: Socket;
  /** Data that has arrived and has not been taken. */
  #come: Buffer[] = [];
  #bytes = 0;
  /** The root window. */
  #root = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk) => {
      this.#come.push(chunk);
      this.#bytes += chunk.length;
    });
  }

  static async connect(): Promise<Display> {
    const display = /:(\d+)/.exec(process.env.DISPLAY ?? '')?.[1] ?? '0';
    const socket = connect(`/tmp/.X11-unix/X${display}`);
    await once(socket, 'connect');
    const connection = new Display(socket);
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
    const answer = await connection.#take(8);
    const rest = await connection.#take(4 * answer.readUInt16LE(6));
    if (answer[0] !== 1) throw new Error(`the display refuses: ${rest.toString('latin1')}`);
    // After the fixed part come the vendor's name and the pixmap formats, 8 bytes each.
    connection.#root = rest.readUInt32LE(32 + padded(rest.readUInt16LE(16)) + 8 * (rest[21] ?? 0));
    return connection;
  }

  /** Returns the major opcode of an extension. */
  async extension(name: string): Promise<number> {
    const request = Buffer.alloc(8 + padded(name.length));
    request.writeUInt8(98, 0);
    request.writeUInt16LE(request.length / 4, 2);
    request.writeUInt16LE(name.length, 4);
    request.write(name, 8);
    const answer = await this.#ask(request);
    if (answer[8] !== 1) throw new Error(`the display has no ${name}`);
    return answer[9] ?? 0;
  }

  /** Returns the pixels of a part of the screen, 4 bytes each. */
  async picture({ x, y, width, height }: Rectangle): Promise<Buffer> {
    const request = Buffer.alloc(20);
    request.writeUInt8(73, 0); // GetImage
    request.writeUInt8(2, 1); // whole pixels
    request.writeUInt16LE(5, 2);
    request.writeUInt32LE(this.#root, 4);
    for (const [index, value] of [x, y, width, height].entries()) request.writeUInt16LE(value, 8 + 2 * index);
    request.writeUInt32LE(0xffff_ffff, 16);
    const answer = await this.#ask(request);
    if (answer[0] !== 1) throw new Error('the display gives no picture of this part of the screen');
    return this.#take(4 * answer.readUInt32LE(4));
  }

  /** Sends a request without an answer. */
  send(request: Buffer): void {
    this.#socket.write(request);
  }

  async close(): Promise<void> {
    this.#socket.end();
    await once(this.#socket, 'close');
  }

  /** Returns so many bytes, however they arrive. */
  async #take(bytes: number): Promise<Buffer> {
    while (this.#bytes < bytes) await once(this.#socket, 'data');
    const all = this.#come.length === 1 && this.#come[0] ? this.#come[0] : Buffer.concat(this.#come);
    this.#come = [all.subarray(bytes)];
    this.#bytes -= bytes;
    return all.subarray(0, bytes);
  }

  async #ask(request: Buffer): Promise<Buffer> {
    this.#socket.write(request);
    for (;;) {
      const answer = await this.#take(32);
      // Everything else is an unrequested event, such as a change of the keyboard layout.
      if (answer[0] === 0 || answer[0] === 1) return answer;
    }
  }
}

export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

const padded = (length: number) => (length + 3) & ~3;

/** Returns the secret that lets a program use the display, or undefined. */
async function cookieOf(display: string): Promise<Buffer | undefined> {
  const file = process.env.XAUTHORITY && (await readFile(process.env.XAUTHORITY).catch(() => undefined));
  if (!file) return undefined;
  for (let at = 0; at < file.length; ) {
    const fields: Buffer[] = [];
    at += 2; // address family
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
