import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import * as v from 'valibot';

/**
 * Code of the thread. It gets only an address: no memory is passed or declared shared. It reads and writes through
 * /proc/self/mem, which is the address space of the process that opens it.
 */
const source = `
const { closeSync, openSync, readlinkSync, readSync, writeSync } = require('node:fs');
const { parentPort, workerData: { address, value } } = require('node:worker_threads');
const memory = openSync('/proc/self/mem', 'r+');
const bytes = Buffer.alloc(4);
readSync(memory, bytes, 0, 4, address);
const seen = bytes.readInt32LE();
bytes.writeInt32LE(value);
writeSync(memory, bytes, 0, 4, Number(address));
closeSync(memory);
parentPort.postMessage({ seen, pid: process.pid, threadId: Number(readlinkSync('/proc/thread-self').split('/').pop()) });
`;

const answer = v.object({ seen: v.number(), pid: v.number(), threadId: v.number() });

/** Starts a thread of this process that reads the int at this address and stores another one there. */
export async function runThread(address: bigint, value: number): Promise<v.InferOutput<typeof answer>> {
  const thread = new Worker(source, { eval: true, workerData: { address, value } });
  try {
    const [message] = (await once(thread, 'message')) as [unknown];
    return v.parse(answer, message);
  } finally {
    await thread.terminate();
  }
}
