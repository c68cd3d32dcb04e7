import { connect, type Remote } from '../../src/connect.ts';
import { openConnections } from '../../src/link/registry.ts';
import { serverScripts } from '../../src/testing/transport/server-scripts.ts';
import { trusting } from '../../src/testing/transport/suite-contract.ts';
import type { Process, Script } from './process.ts';

/** Figures of a process that must be the same after any number of calls. */
export interface Inventory {
  heapBytes: number;
  connections: number;
  listeners: number;
}

const batch = 250;
const held: unknown[] = [];
let listeners: () => number = () => 0;
let remote: Remote<typeof trusting> | undefined;

export const leakScripts: Readonly<Record<string, Script>> = {
  'leak-serve': (process, [port]) => {
    listeners = countListeners(port);
    serverScripts.trusting(process.endpoint(port));
  },
  'leak-connect': async (process, [port]) => {
    listeners = countListeners(port);
    remote = connect(trusting, process.endpoint(port));
    await remote.opened;
  },
  'leak-call': async (_process, _ports, calls) => {
    for (let made = 0; made < Number(calls); made += batch) {
      await Promise.all(Array.from({ length: batch }, (_, index) => remote?.call.add(made, index)));
    }
  },
  /** Leaks memory on purpose, so that a count must show it. */
  'leak-hold': (_process, _ports, bytes) => void held.push(Array.from({ length: Number(bytes) / 8 }, () => 1.5)),
  'leak-close': () => {
    remote?.close();
    held.length = 0;
  },
  'leak-count': async (process: Process): Promise<Inventory> => ({
    heapBytes: (await process.heapInUse?.()) ?? 0,
    connections: openConnections().length,
    listeners: listeners(),
  }),
};

/** Returns a function that counts a port's listeners. A page's port has no such count, so its calls are intercepted. */
function countListeners(port: unknown): () => number {
  const main = port as Partial<NodeJS.EventEmitter>;
  if (main.eventNames) return () => main.eventNames!().reduce((sum, name) => sum + main.listenerCount!(name), 0);
  const web = port as MessagePort;
  let count = 0;
  const [add, remove] = [web.addEventListener.bind(web), web.removeEventListener.bind(web)];
  web.addEventListener = (...args: Parameters<typeof add>) => {
    count += 1;
    add(...args);
  };
  web.removeEventListener = (...args: Parameters<typeof remove>) => {
    count -= 1;
    remove(...args);
  };
  return () => count;
}
