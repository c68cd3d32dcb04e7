import { MessageChannelMain, type MessagePortMain } from 'electron';
import { type Agent, makeBrowserAgent, startRenderer, startUtility } from './agents.ts';
import { mainPorts } from './main-ports.ts';

type Say = (line: object) => void;

/** Raw port and guarded port between two processes, served by the second; the first one's ends. */
async function join(server: Agent): Promise<MessagePortMain[]> {
  const channels = [new MessageChannelMain(), new MessageChannelMain()];
  await server.run(
    'bench-serve',
    null,
    channels.map(({ port1 }) => port1),
  );
  return channels.map(({ port2 }) => port2);
}

/** Every figure of the rpc benches: each line names one, with its samples. */
export async function runBench(say: Say): Promise<void> {
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
    say({ bench: `call ${pair}`, samples: await caller.run('bench-call', 50, await join(server)) });
  }
  say({ bench: 'stream', samples: await browser.run('bench-stream', 10, await join(utility)) });

  const neighbour = await startRenderer();
  const samples = { ours: [] as unknown[], floor: [] as unknown[] };
  for (let round = 0; round < 5; round++) {
    samples.floor.push(await latency(renderer, browser));
    const { port1, port2 } = new MessageChannelMain();
    await browser.run('bench-serve-limited', null, [port1]);
    const flood = neighbour.run('bench-flood', 800, [port2]);
    samples.ours.push(await latency(renderer, browser));
    await flood;
  }
  say({ bench: 'flood', samples: { ours: samples.ours.flat(), floor: samples.floor.flat() } });
  await neighbour.end();
  await utility.end();
  await renderer.end();
}

async function latency(caller: Agent, server: Agent): Promise<unknown> {
  const [raw, guarded] = await join(server);
  raw?.close();
  return caller.run('bench-latency', 20, guarded ? [guarded] : []);
}
