import { openSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { systemCall, systemCallInPool } from './system-call.ts';

/** One thing that a confined process tried although it must not, and what came of it. */
export interface Trial {
  readonly tried: 'open-file' | 'make-socket' | 'signal-parent';
  readonly thread: 'main' | 'pool';
  /** Name of the error; null: it succeeded. */
  readonly error: string | null;
}

const socketNumbers = { x64: 41, arm64: 198 } as const;
const AF_INET = 2;
const AF_NETLINK = 16;
/** From it on Landlock keeps signals inside. */
const signalVersion = 6;
const SOCK_STREAM = 1;
/** A file that every process may read where nothing forbids it. */
const file = '/proc/self/stat';

/**
 * Tries what is forbidden, on the main thread and on one of the pool.
 * @param mayConnect it may make sockets of the Internet: tried is one of the kernel's own then
 */
export async function tryForbidden(arch: keyof typeof socketNumbers, mayConnect: boolean): Promise<Trial[]> {
  const number = socketNumbers[arch];
  const family = mayConnect ? AF_NETLINK : AF_INET;
  return [
    { tried: 'open-file', thread: 'main', error: await errorOf(async () => openSync(file, 'r')) },
    { tried: 'open-file', thread: 'pool', error: await errorOf(() => open(file, 'r')) },
    { tried: 'make-socket', thread: 'main', error: systemCall(number, family, SOCK_STREAM, 0) < 0 ? 'refused' : null },
    {
      tried: 'make-socket',
      thread: 'pool',
      error: (await systemCallInPool(number, family, SOCK_STREAM, 0)) === -1 ? 'refused' : null,
    },
    { tried: 'signal-parent', thread: 'main', error: await errorOf(async () => process.kill(process.ppid, 0)) },
  ];
}

/** The same for a process that may make most calls: sockets of the kernel, and what lies outside of the folders that it has. */
export async function tryOutside(arch: keyof typeof socketNumbers, landlock: number): Promise<Trial[]> {
  const number = socketNumbers[arch];
  const refused = (result: number) => (result < 0 ? 'refused' : null);
  const trials: Trial[] = [
    { tried: 'make-socket', thread: 'main', error: refused(systemCall(number, AF_NETLINK, SOCK_STREAM, 0)) },
    {
      tried: 'make-socket',
      thread: 'pool',
      error: refused(await systemCallInPool(number, AF_NETLINK, SOCK_STREAM, 0)),
    },
  ];
  if (landlock > 0)
    trials.push({ tried: 'open-file', thread: 'main', error: await errorOf(async () => openSync('/', 'r')) });
  if (landlock >= signalVersion)
    trials.push({
      tried: 'signal-parent',
      thread: 'main',
      error: await errorOf(async () => process.kill(process.ppid, 0)),
    });
  return trials;
}

async function errorOf(what: () => Promise<unknown>): Promise<string | null> {
  try {
    await what();
    return null;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}
