import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Bytes of a message: as much as a cache line, which is what goes to and fro in shared memory. */
const messageBytes = 64;

/** Messages of 64 bytes that hold a number, over a stream socket. */
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

  /** Waits for one process to connect; `onListening` is called when it may. */
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
    // A copy: the socket keeps what it could not yet write.
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
