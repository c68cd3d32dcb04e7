import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Size of a message: a cache line, as in shared memory. */
const messageBytes = 64;

/** Messages of 64 bytes with a number, over a stream socket. */
export class MessageLink {
  readonly #socket: Socket;
  readonly #message = Buffer.alloc(messageBytes);
  #received = Buffer.alloc(0);
  #wake: (() => void) | undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (data) => {
      this.#received = this.#received.length === 0 ? data : Buffer.concat([this.#received, data]);
      this.#wake?.();
    });
  }

  /** Waits for one process to connect. Calls `onListening` when it can. */
  static async accept(path: string, onListening: () => void): Promise<MessageLink> {
    const server = createServer().listen(path, onListening);
    const [socket] = (await once(server, 'connection')) as [Socket];
    server.close();
    return new MessageLink(socket);
  }

  static async connect(path: string): Promise<MessageLink> {
    const socket = connect(path);
    await once(socket, 'connect');
    return new MessageLink(socket);
  }

  send(number: number): void {
    this.#message.writeInt32LE(number);
    // Copy, because the socket keeps data that it could not write yet.
    this.#socket.write(Buffer.from(this.#message));
  }

  async receive(): Promise<number> {
    while (this.#received.length < messageBytes) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const number = this.#received.readInt32LE();
    this.#received = this.#received.subarray(messageBytes);
    return number;
  }

  close(): void {
    this.#socket.destroy();
  }
}
