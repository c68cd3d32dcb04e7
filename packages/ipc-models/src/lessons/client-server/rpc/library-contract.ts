import { call, contract } from '@bulkhead/rpc/contract';
import * as v from 'valibot';

/**
 * A database with calls instead of messages, for the lesson on RPC and, with `over=rpc`, for the lesson on the web
 * server. One process of the lesson serves it and another calls it; neither trusts the other: LIMITED. It closes with
 * the first of the two.
 */
export const library = contract('library', {
  version: 1,
  server: 'lesson process',
  caller: 'lesson process',
  trust: 'limited',
  serverTrust: 'limited',
  lifetime: 'closes with the first of the two processes',
  calls: {
    /** Has no deadline. The death of its server ends it. */
    lookUp: call({ input: [v.number()], output: v.string(), deadlineMs: Number.POSITIVE_INFINITY }),
    /** Returns the square at once. */
    square: call({ input: [v.number()], output: v.number() }),
    /** Doubles the given list and returns its sum. */
    double: call({ input: [v.array(v.number())], output: v.number() }),
  },
});
