import * as v from 'valibot';
import { call, contract, stream } from '../../src/contract.ts';
import type { Endpoint } from '../../src/endpoint.ts';
import { serve } from '../../src/serve.ts';

/** Contract that a process calls before it is killed. */
export const victimHost = contract('victim-host', {
  version: 1,
  server: 'browser',
  caller: 'victim',
  trust: 'none',
  lifetime: 'one test',
  calls: { wait: call({ deadlineMs: 60_000 }) },
  streams: { items: stream({ item: v.number() }) },
});

export function serveVictim(endpoint: Endpoint) {
  const state = { running: 0, produced: 0, finished: 0 };
  const connection = serve(victimHost, endpoint, {
    wait: ({ signal }) => {
      state.running += 1;
      return new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => {
          state.running -= 1;
          resolve();
        });
      });
    },
    items: async function* () {
      try {
        for (;;) yield state.produced++;
      } finally {
        state.finished += 1;
      }
    },
  });
  return { connection, state };
}
