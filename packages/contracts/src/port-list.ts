import { methodSnapshot, portSnapshot } from '@bulkhead/rpc/contract';
import * as v from 'valibot';
import { bounded, count, milliseconds, pid } from './primitives.ts';

const processName = bounded(100);

/** One end of an open port and its traffic. It has bounds, because plugins report their own ends, too. */
export const portEnd = v.strictObject({
  ...portSnapshot.entries,
  contract: bounded(64),
  peer: v.strictObject({ ...portSnapshot.entries.peer.entries, name: processName }),
  /** Methods that have carried messages. */
  methods: v.pipe(v.array(v.strictObject({ ...methodSnapshot.entries, method: bounded(64) })), v.maxLength(64)),
});
export type PortEnd = v.InferOutput<typeof portEnd>;

/** Most ends that a plugin may report. */
export const mostPluginPorts = 16;
export const pluginPorts = v.pipe(v.array(portEnd), v.maxLength(mostPluginPorts));

export const portReport = v.strictObject({
  ...portEnd.entries,
  /** Identifies the port across reports. */
  key: bounded(64),
  /** The process that counted: the browser or, for a port that does not pass through it, one of the port's ends. */
  seenBy: v.strictObject({ name: processName, pid: v.nullable(pid) }),
});
export type PortReport = v.InferOutput<typeof portReport>;

/** The open ports that the browser knows at one moment. */
export const portList = v.strictObject({
  /** Time on the browser's own clock, for rates between two reports. */
  at: milliseconds,
  ports: v.pipe(v.array(portReport), v.maxLength(512)),
  /** Number of the browser's open ports that the list has no room for. */
  leftOut: count,
  /** Plugins, and whether they have just reported their ports to tabs. The browser knows only the reported ones. */
  plugins: v.array(v.strictObject({ name: processName, pid: v.nullable(pid), reports: v.boolean() })),
});
export type PortList = v.InferOutput<typeof portList>;

/** Record of one message on a port, without its content. */
export const portEnvelope = v.strictObject({
  /** Wall clock, ms since 1970, with fractions. */
  at: milliseconds,
  contract: bounded(64),
  from: processName,
  to: processName,
  kind: v.picklist(['call', 'push', 'stream', 'reply', 'error', 'item', 'callback']),
  method: bounded(64),
  /** Estimated; exact for binary. */
  bytes: count,
  /** For replies: time since the call was made, or since it arrived at the browser. */
  latencyMs: v.nullable(milliseconds),
});
export type PortEnvelope = v.InferOutput<typeof portEnvelope>;

/** Envelopes since the previous batch, oldest first, and the number of those that the batch had no room for. */
export const envelopeBatch = v.strictObject({
  envelopes: v.pipe(v.array(portEnvelope), v.maxLength(500)),
  missed: count,
});
export type EnvelopeBatch = v.InferOutput<typeof envelopeBatch>;
