import * as v from 'valibot';
import type { OpenConnection } from '../link/registry.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const milliseconds = v.pipe(v.number(), v.finite(), v.minValue(0));
const traffic = v.strictObject({ messages: count, bytes: count });

/** Traffic of one method on one port: the values of MethodCounters in a form that can be sent. */
export const methodSnapshot = v.strictObject({
  method: v.string(),
  kind: v.picklist(['call', 'push', 'stream']),
  messages: count,
  bytes: count,
  errors: count,
  inFlight: count,
  latency: v.strictObject({ count, p50Ms: milliseconds, p99Ms: milliseconds, longestMs: milliseconds }),
});

/** Schema of one end of an open port, so that a contract can carry it to an inspector. */
export const portSnapshot = v.strictObject({
  contract: v.string(),
  version: v.pipe(v.number(), v.integer()),
  role: v.picklist(['server', 'caller']),
  peer: v.strictObject({ name: v.string(), pid: v.nullable(count), responsive: v.boolean() }),
  openForMs: milliseconds,
  received: traffic,
  sent: traffic,
  badMessages: count,
  strayReplies: count,
  unheardPushes: count,
  droppedPushes: count,
  methods: v.array(methodSnapshot),
});
export type PortSnapshot = v.InferOutput<typeof portSnapshot>;

/**
 * Copies the numbers of an open connection, as plain data that matches the schema `portSnapshot`.
 * @param connection from `openConnections`
 * @returns the numbers; times in ms
 */
export function snapshotPort({ contract, version, role, peer, counters, openedAt }: OpenConnection): PortSnapshot {
  const { received, sent, badMessages, strayReplies, unheardPushes, droppedPushes } = counters;
  return {
    contract,
    version,
    role,
    peer: { name: peer.name, pid: peer.pid ?? null, responsive: peer.responsive },
    openForMs: performance.now() - openedAt,
    received: { ...received },
    sent: { ...sent },
    badMessages,
    strayReplies,
    unheardPushes,
    droppedPushes,
    methods: counters.methods.map(({ method, kind, messages, bytes, errors, inFlight, latency }) => ({
      method,
      kind,
      messages,
      bytes,
      errors,
      inFlight,
      latency: {
        count: latency.count,
        p50Ms: latency.quantileMs(0.5),
        p99Ms: latency.quantileMs(0.99),
        longestMs: latency.longestMs,
      },
    })),
  };
}
