import { lookup } from 'node:dns/promises';
import { closeSync, openSync, readlinkSync, readSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import {
  AF_INET,
  AF_UNIX,
  accept,
  bind,
  close,
  connect,
  getsockname,
  listen,
  read,
  SOCK_STREAM,
  type SocketAddress,
  socket,
  write,
} from '@bulkhead/shared-memory/system-calls';
import type { Actor } from '../../../lab/index.ts';

const familyOf = (address: SocketAddress) =>
  'path' in address ? ([AF_UNIX, 'AF_UNIX'] as const) : ([AF_INET, 'AF_INET'] as const);
const textOf = (address: SocketAddress) =>
  'path' in address ? JSON.stringify(address.path) : `${address.host}:${address.port}`;
/** Longest message, bytes. */
const messageBytes = 4096;

/** The chapter's functions, made of system calls. Both the functions and the system calls are recorded. */
export class Calls {
  readonly #actor: Actor;

  constructor(actor: Actor) {
    this.#actor = actor;
  }

  /** Returns the name of this host, or the address of host `name` from the system's resolver. */
  getHostId(name?: string): Promise<string> {
    const find = async () => (name === undefined ? hostname() : (await lookup(name, 4)).address);
    return this.#actor.call(`get_hostid(${name === undefined ? '' : JSON.stringify(name)})`, find);
  }

  /** Returns this process's PID. */
  getOwnProcessId(): number {
    return this.#actor.call('get_processid()', () => this.#actor.call('getpid()', () => process.pid));
  }

  /** Returns the PID of another process from its PID file. */
  getProcessId(file: string): number {
    const actor = this.#actor;
    return actor.call(`get_processid(${JSON.stringify(file)})`, () => {
      const fd = actor.call(`open(${JSON.stringify(file)}, O_RDONLY)`, () => openSync(file, 'r'));
      const bytes = Buffer.alloc(16);
      const count = actor.call(`read(${fd})`, () => readSync(fd, bytes));
      actor.call(`close(${fd})`, () => closeSync(fd));
      return Number(bytes.toString('utf8', 0, count));
    });
  }

  /** Writes this process's PID file. */
  announce(file: string, pid: number): void {
    writeFileSync(file, String(pid));
  }

  /** Opens a socket for other processes to connect to. */
  listen(address: SocketAddress): { fd: number; address: SocketAddress } {
    const actor = this.#actor;
    const [family, familyName] = familyOf(address);
    return actor.call(`open(${textOf(address)})`, () => {
      const fd = actor.call(`socket(${familyName}, SOCK_STREAM, 0)`, () => socket(family, SOCK_STREAM));
      actor.call(`bind(${fd}, ${textOf(address)})`, () => bind(fd, address));
      actor.call(`listen(${fd}, 8)`, () => listen(fd, 8));
      return { fd, address: getsockname(fd) };
    });
  }

  openConnection(address: SocketAddress): Promise<number> {
    const actor = this.#actor;
    const [family, familyName] = familyOf(address);
    return actor.call(`open_connection(${textOf(address)})`, async () => {
      const fd = actor.call(`socket(${familyName}, SOCK_STREAM, 0)`, () => socket(family, SOCK_STREAM));
      await actor.call(`connect(${fd}, ${textOf(address)})`, () => connect(fd, address));
      return fd;
    });
  }

  acceptConnection(fd: number): Promise<number> {
    const actor = this.#actor;
    return actor.call('accept_connection()', () => actor.call(`accept(${fd})`, () => accept(fd)));
  }

  /** Resolves to the next message, or to null if the other side has closed. A line is a message. */
  readMessage(fd: number): Promise<string | null> {
    const actor = this.#actor;
    return actor.call('read_message()', async () => {
      let text = '';
      while (!text.endsWith('\n')) {
        let taken = 0;
        await actor.call(`read(${fd}, …)`, async () => {
          const bytes = await read(fd, messageBytes);
          taken = bytes.length;
          text += new TextDecoder().decode(bytes);
          return taken;
        });
        if (taken === 0) return null;
      }
      return text.trimEnd();
    });
  }

  async writeMessage(fd: number, text: string): Promise<void> {
    const actor = this.#actor;
    const bytes = new TextEncoder().encode(`${text}\n`);
    await actor.call(`write_message(${JSON.stringify(text)})`, async () => {
      await actor.call(`write(${fd}, …, ${bytes.length})`, () => write(fd, bytes));
    });
  }

  closeConnection(fd: number): void {
    this.#actor.call('close_connection()', () => this.#actor.call(`close(${fd})`, () => close(fd)));
  }
}

/** Returns the kernel object of this descriptor, such as `socket:[12345]`, or null if it is not open. */
export function behind(fd: number): string | null {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return null; // closed
  }
}
