import { call, callback, contract, push, stream } from '@bulkhead/rpc/contract';
import * as v from 'valibot';

/**
 * Requests of the main thread to a worker that computes checksums. Served by the worker, called by the main thread:
 * both ours. One port per worker; it closes with the worker.
 */
export const summing = contract('summing', {
  version: 1,
  server: 'worker',
  caller: 'main thread',
  trust: 'full',
  lifetime: 'closes with the worker',
  calls: {
    /** Returns the FNV-1a checksum of the bytes. Calls `progress` with the finished share, 0 to 1. */
    sum: call({ input: [v.instance(Uint8Array), callback([v.number()])], output: v.number(), deadlineMs: 5000 }),
    /** Never answers, to show a deadline. */
    ponder: call({ deadlineMs: 100 }),
  },
  pushes: { toCaller: { log: push([v.string()]) } },
  streams: {
    /** Load of the worker, one item for each read. */
    load: stream({ item: v.strictObject({ sums: v.number(), bytes: v.number() }), highWaterMark: 1 }),
  },
});
