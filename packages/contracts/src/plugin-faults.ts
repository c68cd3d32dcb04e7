import * as v from 'valibot';

/** Faults that a plugin's process causes in itself while it runs. */
export const runningFault = v.picklist([
  'segmentation-fault',
  'endless-loop',
  'endless-loop-in-worker',
  'stack-overflow',
  'exhaust-heap',
  'exhaust-array-buffers',
  'leak',
  'swarm-of-workers',
  'message-flood',
  'malformed-message',
  'closed-port',
  'exit',
  'corrupt-memory',
]);
export type RunningFault = v.InferOutput<typeof runningFault>;

/** Faults of a plugin process's start, passed to it in the environment variable `startFaultVariable`. */
export const startFault = v.picklist(['exception-at-start', 'never-starts', 'truncate-segment']);
export type StartFault = v.InferOutput<typeof startFault>;
export const startFaultVariable = 'BULKHEAD_START_FAULT';
