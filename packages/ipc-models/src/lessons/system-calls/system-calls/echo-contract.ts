import { call, contract } from '@bulkhead/rpc/contract';
import * as v from 'valibot';

/** An example remote call. The lesson's director serves it, its process calls it: LIMITED. It closes with the run. */
export const echo = contract('echo', {
  version: 1,
  server: 'browser',
  caller: 'lesson process',
  trust: 'limited',
  lifetime: 'closes with the run',
  calls: { square: call({ input: [v.number()], output: v.number() }) },
});
