import { runScenario } from '../packages/rpc/electron-tests/launch.ts';
import type { Bench, Samples } from './bench.ts';

type Figures = Samples & { invoke?: number[] };

let figures: Promise<Map<string, Figures>> | undefined;

/** Returns one of the figures that a single run of the test application measures. The first call starts the run. */
async function figure(name: string): Promise<Figures> {
  figures ??= runScenario('bench').then(
    (lines) => new Map(lines.map(({ bench, samples }) => [bench as string, samples as Figures])),
  );
  const found = (await figures).get(name);
  if (!found) throw new Error(`the test application did not measure ${name}`);
  return found;
}

/** Compares two kinds of round trips, taken alternately. */
async function compared(name: string, ours: 'ours' | 'floor', floor: 'floor' | 'invoke'): Promise<Samples> {
  const kinds = await figure(name);
  return { ours: kinds[ours], floor: kinds[floor] ?? [], paired: true };
}

const pairs = ['tab-browser', 'browser-plugin', 'tab-plugin'];

export const benches: Bench[] = [
  ...pairs.map(
    (pair): Bench => ({
      id: `rpc/call-vs-raw-port/${pair}`,
      what: 'Round trip of a guarded, validated call, taps on',
      unit: 'us',
      floorName: 'a raw postMessage round trip on the same kind of port',
      target: { atMost: 1.25 },
      measure: () => compared(`call ${pair}`, 'ours', 'floor'),
    }),
  ),
  {
    id: 'rpc/call-vs-invoke',
    what: 'Round trip of a guarded, validated call from a page to the browser, over a port that the page has',
    unit: 'us',
    floorName: 'ipcRenderer.invoke of the same from the page over a context bridge, parsed by the same schemas',
    target: { atMost: 1 },
    measure: () => compared('call page-browser', 'ours', 'invoke'),
  },
  {
    id: 'rpc/call-vs-bare-invoke',
    what: 'Round trip of a guarded, validated call from a preload to the browser',
    unit: 'us',
    floorName: 'ipcRenderer.invoke of the same from the preload, with nothing checked',
    measure: () => compared('call tab-browser', 'ours', 'invoke'),
  },
  {
    id: 'rpc/raw-port-vs-bare-invoke',
    what: 'Raw postMessage round trip from a preload to the browser, the lower bound of a call over a port',
    unit: 'us',
    floorName: 'ipcRenderer.invoke of the same from the preload, with nothing checked',
    measure: () => compared('call tab-browser', 'floor', 'invoke'),
  },
  {
    id: 'rpc/stream-vs-raw',
    what: 'Items a second through a stream, plugin to browser',
    unit: 'messages/s',
    floorName: 'raw pushes of the same items',
    target: { atLeast: 0.8 },
    measure: () => figure('stream'),
  },
  {
    id: 'rpc/latency-beside-flood',
    what: "A tab's calls to the browser while another tab sends it 10,000 messages a second",
    unit: 'us',
    floorName: 'the same calls without the flood',
    target: { atMost: 1.2 },
    measure: () => figure('flood'),
  },
];
