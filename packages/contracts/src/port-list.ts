import { methodSnapshot, portSnapshot } from '@bulkhead/rpc/contract';
import * as v from 'valibot';
import { bounded, count, milliseconds, pid } from './primitives.ts';

const processName = bounded(100);

/** One end of an open port and what it has carried, with bounds: a plugin says it of its own ends, too. */
export const portEnd = v.strictObject({
  ...portSnapshot.entries,
  contract: bounded(64),
  peer: v.strictObject({ ...portSnapshot.entries.peer.entries, name: processName }),
  /** Those that have carried something. */
  methods: v.pipe(v.array(v.strictObject({ ...methodSnapshot.entries, method: bounded(64) })), v.maxLength(64)),
});
export type PortEnd = v.InferOutput<typeof portEnd>;

/** Most ends that a plugin may report. */
export const mostPluginPorts = 16;
export const pluginPorts = v.pipe(v.array(portEnd), v.maxLength(mostPluginPorts));

export const portReport = v.strictObject({
  ...portEnd.entries,
  /** Names the port from one report to the next. */
  key: bounded(64),
  /** The process that counted: the browser, or, of a port that does not pass through it, one of its ends. */
  seenBy: v.strictObject({ name: processName, pid: v.nullable(pid) }),
});
export type PortReport = v.InferOutput<typeof portReport>;

/** Every open port that is seen, at one moment. */
export const portList = v.strictObject({
  /** Milliseconds on the browser's own clock, for rates between two reports. */
  at: milliseconds,
  ports: v.pipe(v.array(portReport), v.maxLength(512)),
  /** Ports of the browser that are open and found no place in the list. */
  leftOut: count,
  /** Plugins, and whether they have just told of their ports to tabs: what they do not tell of is not seen. */
  plugins: v.array(v.strictObject({ name: processName, pid: v.nullable(pid), reports: v.boolean() })),
});
export type PortList = v.InferOutput<typeof portList>;

/** One message that went by, without what was in it. */
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
  /** Of replies: since their call was made, or arrived at the browser. */
  latencyMs: v.nullable(milliseconds),
});
export type PortEnvelope = v.InferOutput<typeof portEnvelope>;

/** Envelopes since the batch before, oldest first, and how many more there were than a batch holds. */
export const envelopeBatch = v.strictObject({
  envelopes: v.pipe(v.array(portEnvelope), v.maxLength(500)),
  missed: count,
});
export type EnvelopeBatch = v.InferOutput<typeof envelopeBatch>;
