import type { PortEnd, PortEnvelope, PortList, PortReport, pageHost } from '@bulkhead/contracts';
import { type Envelope, openConnections, snapshotPort, tapAll } from '@bulkhead/rpc';
import type { Handlers } from '@bulkhead/rpc/contract';
import type { PluginProcess } from '../plugins/plugin-process.ts';
import { sampleEvery } from '../timing/streams.ts';

/** Time between two reports of the ports, ms, and most ports in a report. */
const reportPeriodMs = 1000;
const mostListed = 512 - 16;
/** Time between two batches of envelopes, ms, and most envelopes in a batch. */
const batchPeriodMs = 100;
const mostInBatch = 500;

/** Streams for `bulkhead://ports`. They run while the page reads them. */
export function portStreams(plugin: PluginProcess): Pick<Handlers<typeof pageHost>, 'ports' | 'envelopes'> {
  return {
    ports: sampleEvery(reportPeriodMs, () => reportPorts(plugin)),
    envelopes: async ({ sink }) => {
      let waiting: PortEnvelope[] = [];
      let missed = 0;
      const stop = tapAll((envelope) => {
        // Leave out this stream's own messages: each would cause the next one, without end.
        if (envelope.contract === 'page-host' && envelope.method === 'envelopes') return;
        if (waiting.length < mostInBatch) waiting.push(describe(envelope));
        else missed += 1;
      });
      const timer = setInterval(() => {
        if (waiting.length === 0 || !sink.offer({ envelopes: waiting, missed })) return;
        waiting = [];
        missed = 0;
      }, batchPeriodMs);
      await sink.closed;
      clearInterval(timer);
      stop();
    },
  };
}

/** Keys of ports, by their counters: these live as long as the port. */
const keys = new WeakMap<object, string>();
let ports = 0;

function keyOf(counters: object): string {
  const key = keys.get(counters) ?? `browser ${++ports}`;
  keys.set(counters, key);
  return key;
}

export async function reportPorts(plugin: PluginProcess): Promise<PortList> {
  const { connection, pid, name } = plugin;
  const seenBy = { name, pid };
  const told = await connection?.call.ports().catch(() => undefined); // the plugin hangs or has just ended
  const own = openConnections();
  // Only one port of each process has a heartbeat.
  const silent = new Set(own.flatMap(({ peer }) => (peer.responsive ? [] : (peer.pid ?? []))));
  const answers = <Port extends PortEnd>(port: Port): Port => {
    const responsive = port.peer.responsive && !(port.peer.pid !== null && silent.has(port.peer.pid));
    return { ...port, peer: { ...port.peer, responsive } };
  };
  return {
    at: performance.now(),
    ports: [
      ...own.slice(0, mostListed).map((port) => ({
        ...used(answers(snapshotPort(port))),
        key: keyOf(port.counters),
        seenBy: { name: 'browser', pid: process.pid },
      })),
      ...(told ?? []).map((port, index): PortReport => ({ ...used(answers(port)), key: `${pid} ${index}`, seenBy })),
    ],
    leftOut: Math.max(0, own.length - mostListed),
    plugins: [{ name, pid, reports: told !== undefined }],
  };
}

/** Returns a port with only the methods that have carried messages: most have not. */
const used = <Port extends PortEnd>(port: Port): Port => ({
  ...port,
  methods: port.methods.filter(({ messages }) => messages > 0),
});

const describe = ({ at, contract, from, to, kind, method, bytes, latencyMs }: Envelope): PortEnvelope => ({
  at: performance.timeOrigin + at,
  contract,
  from,
  to,
  kind,
  method,
  bytes,
  latencyMs: latencyMs ?? null,
});
