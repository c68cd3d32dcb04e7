// confine.integration.test.ts runs this in its own process. It confines itself, then tries forbidden operations.
import { execFileSync } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { Worker } from 'node:worker_threads';
import { koffi, libc } from '../posix/libc.ts';
import { Segment } from '../segment/segment.ts';
import { confine } from './confine.ts';

const attempt = async (what: () => unknown) => {
  try {
    await what();
    return 'done';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
};

const MADV_DONTNEED = 4;
const MADV_REMOVE = 9;
const FALLOC_FL_KEEP_SIZE_AND_PUNCH_HOLE = 3;
const pageBytes = 4096;

/** Shared memory with a word in every page, and its descriptor as a peer has it. */
const segment = await Segment.create({ label: 'confined', backend: 'sealed', payloadBytes: 8 * pageBytes });
const shared = new Uint32Array(segment.buffer);
shared.fill(7);
const { fd = -1 } = segment.descriptor() as { fd?: number };
const { addressOf, madvise, errno, errnoNames } = libc();
const fallocate = koffi().load('libc.so.6').func('int fallocate(int fd, int mode, int64_t offset, int64_t length)');
/** Returns the result of the call, and the word that the page has afterwards. */
const hole = (page: number, punch: (offset: number) => number) => {
  const said = punch(page * pageBytes) === 0 ? 'done' : errnoNames.get(errno());
  return `${said}, ${shared[(page * pageBytes) / 4]}`;
};
const advise = (memory: SharedArrayBuffer | ArrayBuffer, advice: number) => (offset: number) =>
  madvise(addressOf(new Uint8Array(memory, offset)), pageBytes, advice);
const punchFile = (offset: number) => fallocate(fd, FALLOC_FL_KEEP_SIZE_AND_PUNCH_HOLE, offset, pageBytes);
/** Memory of the engine, for which it often calls madvise. */
const own = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer;
const before = { advised: hole(1, advise(segment.buffer, MADV_REMOVE)), punched: hole(2, punchFile) };

// Confinement has to take this descriptor.
const openedBefore = openSync('/etc/passwd', 'r');
// Starts libuv's pool: the confinement must cover threads that already run.
await readFile('/proc/self/status');
const confinement = await confine();
const listen = () =>
  new Promise((resolve, reject) =>
    createServer()
      .once('error', reject)
      .listen(0, '127.0.0.1', () => resolve(undefined)),
  );
const thread = () =>
  new Promise((resolve, reject) =>
    new Worker('require("node:worker_threads").parentPort.postMessage(1)', { eval: true })
      .once('message', resolve)
      .once('error', reject),
  );
process.stdout.write(
  JSON.stringify({
    confinement,
    readOpenedBefore: await attempt(() => {
      if (readFileSync(openedBefore).length > 0) throw new Error('it can still be read');
    }),
    readSync: await attempt(() => readFileSync('/etc/hostname')),
    readInPool: await attempt(() => readFile('/etc/hostname')),
    execute: await attempt(() => execFileSync('/bin/true')),
    signalParent: await attempt(() => process.kill(process.ppid, 'SIGTERM')),
    listen: await attempt(listen),
    thread: await attempt(thread),
    before,
    advised: hole(3, advise(segment.buffer, MADV_REMOVE)),
    punched: hole(4, punchFile),
    ownMemory: hole(5, () => advise(own, MADV_DONTNEED)(0)),
  }),
);
