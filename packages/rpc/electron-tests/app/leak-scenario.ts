import { MessageChannelMain } from 'electron';
import { heapInUse } from '../../src/testing/collect.ts';
import { type Agent, makeBrowserAgent, startRenderer, startUtility } from './agents.ts';
import type { Inventory } from './leak-scripts.ts';
import { mainPorts } from './main-ports.ts';

/** Calls before the first count, so that V8 has compiled the code and caches are full. */
const warmUpCalls = 5000;
/** Size of a deliberate leak that the count must find. */
const leakBytes = 4 * 1024 * 1024;

/** Makes so many calls between each pair of processes. Reports the inventory before and after. */
export async function runLeaks(say: (line: object) => void, calls: string): Promise<void> {
  const open = () => Promise.reject(new Error('not here'));
  const browser = makeBrowserAgent({ kind: 'browser', ...mainPorts, heapInUse, open, die: () => process.exit(1) });
  const pairs: [string, () => Promise<Agent>, () => Promise<Agent>][] = [
    ['tab and browser', startRenderer, async () => browser],
    ['browser and plugin', async () => browser, startUtility],
    ['tab and plugin', startRenderer, startUtility],
  ];
  for (const [pair, startCaller, startServer] of pairs) {
    const [caller, server] = [await startCaller(), await startServer()];
    const count = async () => ({
      caller: (await caller.run('leak-count')) as Inventory,
      server: (await server.run('leak-count')) as Inventory,
    });
    const { port1, port2 } = new MessageChannelMain();
    await server.run('leak-serve', null, [port1]);
    await caller.run('leak-connect', null, [port2]);
    await caller.run('leak-call', warmUpCalls);
    const before = await count();
    await caller.run('leak-call', calls);
    const after = await count();
    await caller.run('leak-hold', leakBytes);
    await server.run('leak-hold', leakBytes);
    say({ pair, before, after, leaking: await count() });
    await caller.run('leak-close');
    await caller.end();
    await server.end();
  }
}
