import { setTimeout as sleep } from 'node:timers/promises';
import type { PortEnd, PortEnvelope, PortList, PortReport, pageHost } from '@bulkhead/contracts';
import { type Envelope, openConnections, snapshotPort, tapAll } from '@bulkhead/rpc';
import type { Handlers } from '@bulkhead/rpc/contract';
import type { PluginProcess } from '../plugins/plugin-process.ts';

/** How often somebody who looks at the ports is told, ms, and most ports of a report. */
const reportPeriodMs = 1000;
const mostListed = 512 - 16;
/** The same of the envelopes. */
const batchPeriodMs = 100;
const mostInBatch = 500;

/** What `bulkhead://ports` shows, for as long as it reads. */
export function portStreams(plugin: PluginProcess): Pick<Handlers<typeof pageHost>, 'ports' | 'envelopes'> {
  return {
    ports: async function* ({ signal }) {
      while (!signal.aborted) {
        yield await reportPorts(plugin);
        await sleep(reportPeriodMs, undefined, { signal }).catch(() => undefined); // it ended: the loop sees it
      }
    },
    envelopes: async ({ sink }) => {
      let waiting: PortEnvelope[] = [];
      let missed = 0;
      const stop = tapAll((envelope) => {
        // What tells of the traffic would tell of itself without end.
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

/** By the port's counters, which live as long as it does. */
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
  const told = await connection?.call.ports().catch(() => undefined); // it hangs, or has just gone
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

/** Most methods of most ports have carried nothing yet. */
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
