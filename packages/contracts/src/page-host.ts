import { call, contract, stream } from '@bulkhead/rpc/contract';
import * as v from 'valibot';
import { bounded, pid } from './primitives.ts';
import { endProcessResult, endSignal, processList } from './process-list.ts';
import { runtimeVersions } from './window-state.ts';

/**
 * What one of Bulkhead's own pages asks of the browser. Served by apps/browser, called by apps/pages: ours,
 * sandboxed. Given to a document whose committed address is `bulkhead://…` and to no other; it closes with the
 * document.
 */
export const pageHost = contract('page-host', {
  version: 1,
  server: 'browser',
  caller: 'internal page',
  trust: 'full',
  lifetime: 'one per document of an internal page',
  calls: {
    runtime: call({ output: runtimeVersions }),
    /** Sends a signal to one process of this program; to no other process, whatever its PID. */
    endProcess: call({ input: [pid, endSignal], output: endProcessResult }),
    /** Brings the tab to the front. False when there is no such tab any more. */
    activateTab: call({ input: [v.pipe(v.number(), v.integer())], output: v.boolean() }),
    /** Opens an address in a new tab behind the page's own. */
    openTab: call({ input: [bounded(65_536)] }),
  },
  streams: {
    /** Every process of the program, once a second. */
    processes: stream({ item: processList, highWaterMark: 1, maxBytes: 16 * 1024 * 1024 }),
  },
});
