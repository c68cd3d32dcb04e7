import { openSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { systemCall, systemCallInPool } from './system-call.ts';

/** A forbidden operation that a confined process tried, and its result. */
export interface Trial {
  readonly tried: 'open-file' | 'make-socket' | 'signal-parent';
  readonly thread: 'main' | 'pool';
  /** Name of the error; null if the operation succeeded. */
  readonly error: string | null;
}

const socketNumbers = { x64: 41, arm64: 198 } as const;
const AF_INET = 2;
const AF_NETLINK = 16;
/** Version of Landlock from which it restricts signals. */
const signalVersion = 6;
const SOCK_STREAM = 1;
/** A file that an unconfined process may read. */
const file = '/proc/self/stat';

/**
 * Tries forbidden operations on the main thread and on a pool thread.
 * @param mayConnect the process may open TCP sockets, so this tries a netlink socket instead
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

/** Tries forbidden operations of a process that may make most calls: netlink sockets, and files outside its folders. */
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
