import { MessageChannelMain } from 'electron';
import { type Agent, makeBrowserAgent, startRenderer, startUtility } from './agents.ts';
import { mainPorts } from './main-ports.ts';

export async function runBench(say: (line: object) => void): Promise<void> {
  const open = () => Promise.reject(new Error('not in benches'));
  const browser = makeBrowserAgent({ kind: 'browser', ...mainPorts, open, die: () => process.exit(1) });
  const renderer = await startRenderer();
  const utility = await startUtility();
  const pairs: [string, Agent, Agent][] = [
    ['tab-browser', renderer, browser],
    ['browser-plugin', browser, utility],
    ['tab-plugin', renderer, utility],
  ];
  for (const [pair, caller, server] of pairs) {
    const raw = new MessageChannelMain();
    const guarded = new MessageChannelMain();
    await server.run('bench-serve', null, [raw.port1, guarded.port1]);
    say({ bench: pair, samples: await caller.run('bench-call', 100, [raw.port2, guarded.port2]) });
  }
  await utility.end();
  await renderer.end();
}
