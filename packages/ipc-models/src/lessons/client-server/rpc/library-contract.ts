import { call, contract } from '@bulkhead/rpc/contract';
import * as v from 'valibot';

/**
 * A database, as calls instead of messages: the lesson on RPC and, where it is set so, the one on the web server have it.
 * Served by one process of the lesson, called by another; neither trusts the other: LIMITED. Closes with the first of the two.
 */
export const library = contract('library', {
  version: 1,
  server: 'lesson process',
  caller: 'lesson process',
  trust: 'limited',
  serverTrust: 'limited',
  lifetime: 'closes with the first of the two processes',
  calls: {
    /** Has no deadline: what ends it when its server dies is that death. */
    lookUp: call({ input: [v.number()], output: v.string(), deadlineMs: Number.POSITIVE_INFINITY }),
    /** As `lookUp`, at once. */
    square: call({ input: [v.number()], output: v.number() }),
    /** Doubles the list that it was given, and returns its sum. */
    double: call({ input: [v.array(v.number())], output: v.number() }),
  },
});
