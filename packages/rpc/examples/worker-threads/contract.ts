import { call, callback, contract, push, stream } from '@bulkhead/rpc/contract';
import * as v from 'valibot';

/**
 * What the main thread asks of a worker that sums files. Served by the worker, called by the main thread: both ours.
 * One port per worker; it closes with it.
 */
export const summing = contract('summing', {
  version: 1,
  server: 'worker',
  caller: 'main thread',
  trust: 'full',
  lifetime: 'closes with the worker',
  calls: {
    /** FNV-1a of the bytes. Tells `progress` the share that is done, 0 to 1. */
    sum: call({ input: [v.instance(Uint8Array), callback([v.number()])], output: v.number(), deadlineMs: 5000 }),
    /** Never answers: for seeing a deadline. */
    ponder: call({ deadlineMs: 100 }),
  },
  pushes: { toCaller: { log: push([v.string()]) } },
  streams: {
    /** How busy the worker is, as often as it is asked. */
    load: stream({ item: v.strictObject({ sums: v.number(), bytes: v.number() }), highWaterMark: 1 }),
  },
});
