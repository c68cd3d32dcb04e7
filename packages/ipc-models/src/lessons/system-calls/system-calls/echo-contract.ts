import { call, contract } from '@bulkhead/rpc/contract';
import * as v from 'valibot';

/** One remote call, to have one. Served by the lesson's director, called by its process: LIMITED. Closes with the run. */
export const echo = contract('echo', {
  version: 1,
  server: 'browser',
  caller: 'lesson process',
  trust: 'limited',
  lifetime: 'closes with the run',
  calls: { square: call({ input: [v.number()], output: v.number() }) },
});
