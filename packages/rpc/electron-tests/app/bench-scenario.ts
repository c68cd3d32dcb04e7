import { MessageChannelMain, type MessagePortMain } from 'electron';
import { type Agent, makeBrowserAgent, startPage, startRenderer, startUtility } from './agents.ts';
import { mainPorts } from './main-ports.ts';

type Say = (line: object) => void;

/**
 * A measurement is shorter than the flood, which ends before the port's rate limit for an untrusted peer is reached.
 */
const [latencyMs, floodMs] = [300, 500];
/** Number of samples of each kind of round trip. */
const samples = 300;

/** Opens a raw port and a guarded port, both served by `server`. Returns the caller's ends. */
async function join(server: Agent): Promise<MessagePortMain[]> {
  const channels = [new MessageChannelMain(), new MessageChannelMain()];
  await server.run(
    'bench-serve',
    null,
    channels.map(({ port1 }) => port1),
  );
  return channels.map(({ port2 }) => port2);
}

/** Measures every figure of the rpc benches. Each line has the name of a figure and its samples. */
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
    say({ bench: `call ${pair}`, samples: await caller.run('bench-call', samples, await join(server)) });
  }
  const page = await startPage();
  say({ bench: 'call page-browser', samples: await page.run('bench-call', samples, await join(browser)) });
  await page.end();
  say({ bench: 'stream', samples: await browser.run('bench-stream', 20, await join(utility)) });
  say({ bench: 'flood', samples: await besideFlood(renderer, browser) });
  await utility.end();
  await renderer.end();
}

/** Measures the latency of one tab's calls, alternately alone and beside another tab's flood. */
async function besideFlood(renderer: Agent, browser: Agent): Promise<{ ours: number[]; floor: number[] }> {
  const neighbour = await startRenderer();
  const latencies = { ours: [] as number[], floor: [] as number[] };
  let tooThin = 0;
  for (let round = -2; round < 12; round++) {
    const floor = await latency(renderer, browser);
    const { port1, port2 } = new MessageChannelMain();
    await browser.run('bench-serve-limited', null, [port1]);
    const flood = neighbour.run('bench-flood', floodMs, [port2]);
    const ours = await latency(renderer, browser);
    const sent = Number(await flood);
    if (sent < 9.5 * floodMs) {
      // Other load kept the flooder from the processors: repeat the round.
      tooThin += 1;
      if (tooThin > 12) throw new Error(`${sent} messages in ${floodMs} ms are too few for a flood`);
      round -= 1;
      continue;
    }
    // The first rounds do not count: V8 is still compiling.
    if (round < 0) continue;
    latencies.floor.push(...floor);
    latencies.ours.push(...ours);
  }
  await neighbour.end();
  return latencies;
}

async function latency(caller: Agent, server: Agent): Promise<number[]> {
  const [raw, guarded] = await join(server);
  raw?.close();
  return (await caller.run('bench-latency', latencyMs, guarded ? [guarded] : [])) as number[];
}
