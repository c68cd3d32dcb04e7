import { fstatSync, readlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  AF_INET,
  AF_UNIX,
  accept,
  bind,
  close,
  connect,
  ftruncate,
  getsockname,
  kill,
  listen,
  mapFile,
  mappedAt,
  mappingBytes,
  mkfifo,
  mq_close,
  mq_open,
  mq_receive,
  mq_send,
  mq_unlink,
  O_CREAT,
  O_EXCL,
  O_RDONLY,
  O_RDWR,
  O_WRONLY,
  open,
  pipe,
  read,
  SOCK_STREAM,
  type SocketAddress,
  shm_open,
  shm_unlink,
  socket,
  socketpair,
  write,
} from '@bulkhead/shared-memory/system-calls';
import { bytesOf, textOf } from '../text.ts';

/** Result of a call: whether it worked, and a text for the user. */
export interface Trial {
  readonly ok: boolean;
  /** The kernel's name for the returned descriptor; null if there is none. */
  readonly descriptor: string | null;
  readonly text: string;
}

/** Folder of the run, and a unique name. */
export interface Names {
  readonly folder: string;
  readonly name: string;
}

const link = (fd: number) => readlinkSync(`/proc/self/fd/${fd}`);

/** Writes "hello" into one descriptor, reads it from another, and closes both. */
async function through(from: number, to: number, descriptor: number): Promise<Trial> {
  const shown = link(descriptor);
  await write(to, bytesOf('hello'));
  const text = textOf(await read(from, 100));
  for (const fd of new Set([from, to])) close(fd);
  return { ok: text === 'hello', descriptor: shown, text: `fd ${descriptor} → ${shown}: "${text}"` };
}

async function connected(domain: typeof AF_UNIX | typeof AF_INET, address: SocketAddress): Promise<Trial> {
  const [listening, client] = [socket(domain, SOCK_STREAM), socket(domain, SOCK_STREAM)];
  bind(listening, address);
  listen(listening, 1);
  const [accepted] = await Promise.all([accept(listening), connect(client, getsockname(listening))]);
  if ('path' in address) unlinkSync(address.path);
  close(listening);
  return through(accepted, client, client);
}

/** A short trial of each of the chapter's calls, by the name of its row. */
export const trials: Readonly<Record<string, (names: Names) => Promise<Trial>>> = {
  pipe: async () => {
    const [from, to] = pipe();
    return through(from, to, from);
  },
  fifo: async ({ folder }) => {
    const name = path.join(folder, 'fifo');
    mkfifo(name, 0o600);
    const [from, to] = await Promise.all([open(name, O_RDONLY), open(name, O_WRONLY)]);
    const trial = await through(from, to, from);
    unlinkSync(name);
    return trial;
  },
  'message-queue': async ({ name }) => {
    const queue = mq_open(name, O_CREAT | O_EXCL | O_RDWR, 0o600, { maximumMessages: 1, messageBytes: 16 });
    mq_unlink(name);
    const shown = link(queue);
    await mq_send(queue, bytesOf('hello'), 3);
    const { message, priority } = await mq_receive(queue, 16);
    mq_close(queue);
    const ok = textOf(message) === 'hello' && priority === 3;
    return { ok, descriptor: shown, text: `fd ${queue} → ${shown}: "${textOf(message)}", ${priority}` };
  },
  'socket-pair': async () => {
    const [one, other] = socketpair(SOCK_STREAM);
    return through(one, other, one);
  },
  'unix-socket': ({ folder }) => connected(AF_UNIX, { path: path.join(folder, 'socket') }),
  tcp: () => connected(AF_INET, { host: '127.0.0.1', port: 0 }),
  shm_open: async ({ name }) => {
    const fd = shm_open(name, O_CREAT | O_EXCL | O_RDWR, 0o600);
    shm_unlink(name);
    const shown = link(fd);
    ftruncate(fd, mappingBytes);
    const { size } = fstatSync(fd);
    close(fd);
    return { ok: size === mappingBytes, descriptor: shown, text: `fd ${fd} → ${shown}: ${size} B` };
  },
  mmap: async ({ name }) => {
    const fd = shm_open(name, O_CREAT | O_EXCL | O_RDWR, 0o600);
    shm_unlink(name);
    ftruncate(fd, mappingBytes);
    return sameBytes(fd);
  },
  'file-mmap': async ({ folder }) => {
    const file = path.join(folder, 'file');
    writeFileSync(file, new Uint8Array(mappingBytes), { mode: 0o600 });
    const fd = await open(file, O_RDWR);
    unlinkSync(file);
    return sameBytes(fd);
  },
  signals: async () => {
    const handled = new Promise<string>((resolve) => process.once('SIGUSR2', resolve));
    kill(process.pid, 12);
    const signal = await handled;
    return { ok: signal === 'SIGUSR2', descriptor: null, text: `${signal} → handler` };
  },
};

/** Stores through one mapping of the descriptor and reads through another. */
function sameBytes(fd: number): Trial {
  const [one, other] = [mapFile(fd, mappingBytes, 'shared'), mapFile(fd, mappingBytes, 'shared')];
  close(fd);
  one.set(bytesOf('hello'));
  const text = textOf(other.slice(0, 5));
  const ok = text === 'hello' && mappedAt(one) !== mappedAt(other);
  return { ok, descriptor: null, text: `${mappedAt(one)}, ${mappedAt(other)}: "${text}"` };
}
