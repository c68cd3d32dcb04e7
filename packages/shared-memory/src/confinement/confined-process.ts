// Run by confine.integration.test.ts in a process of its own: confines itself, then tries what it must no longer do.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { Worker } from 'node:worker_threads';
import { confine } from './confine.ts';

const attempt = async (what: () => unknown) => {
  try {
    await what();
    return 'done';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
};

// Starts libuv's pool: its threads must be covered although they run before.
await readFile('/proc/self/status');
const confinement = confine();
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
    readSync: await attempt(() => readFileSync('/etc/hostname')),
    readInPool: await attempt(() => readFile('/etc/hostname')),
    execute: await attempt(() => execFileSync('/bin/true')),
    signalParent: await attempt(() => process.kill(process.ppid, 'SIGTERM')),
    listen: await attempt(listen),
    thread: await attempt(thread),
  }),
);
