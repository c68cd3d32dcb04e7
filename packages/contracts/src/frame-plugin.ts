import { call, contract, port, push } from '@bulkhead/rpc/contract';
import { arenaDescriptor, frameBufferDescriptor } from '@bulkhead/shared-memory/descriptors';
import * as v from 'valibot';
import { confinement } from './confinement.ts';
import { frameStatistics } from './frame-statistics.ts';
import { runningFault } from './plugin-faults.ts';
import { pluginPorts } from './port-list.ts';
import { bounded, count, pid } from './primitives.ts';
import { tabId } from './tab-health.ts';

/** Longest text of a plugin, UTF-16 code units. */
export const maximumPluginLength = 4 * 1024 * 1024;

/**
 * Requests of the browser to a plugin that reads frames. Served by the plugin's process: LIMITED, it may be
 * compromised. Called by apps/browser. One port per plugin process; it closes with the process. Its messages never
 * carry frames: without shared memory, frames have ports of their own.
 */
export const framePlugin = contract('frame-plugin', {
  version: 1,
  server: 'plugin',
  caller: 'browser',
  trust: 'full',
  serverTrust: 'limited',
  lifetime: 'one per plugin process',
  limits: { bytesPerSecond: 1024 * 1024 },
  calls: {
    /** Maps the memory that the plugin's process shares with the browser. Call it once, before `confine`. */
    attach: call({ input: [arenaDescriptor] }),
    /**
     * Locks the plugin's process down for good. Call it once. With `true`, the browser will answer refused system
     * calls: returns the descriptor that the browser takes for that, or null if the kernel answers them.
     */
    confine: call({ input: [v.boolean()], output: v.nullable(count) }),
    /** Gives that descriptor away, tries forbidden actions, and reports the results. Call it once, after `confine`. */
    prove: call({ output: confinement }),
    /**
     * Evaluates the plugin's module from its name and text, because the process can no longer read files. No code of
     * the plugin runs before. Call it once, after `prove` and before the calls below.
     */
    load: call({ input: [bounded(64), bounded(maximumPluginLength)] }),
    /** Reads the frames of this buffer from now on, and of no other. */
    watch: call({ input: [frameBufferDescriptor] }),
    /** Stops reading frames. */
    unwatch: call(),
    /** Attaches the buffer for small pictures of the watched frames. Call it once. */
    lendPictures: call({ input: [frameBufferDescriptor] }),
    /**
     * Takes the plugin's ends of two ports. Call it once: in place of `attach`, `watch` and `lendPictures` if there is
     * no shared memory, or after them if there is no memory for the first reader. Copies of frames, of at most
     * `maximumFrameBytes`, come over the first port (PortFrameWriter). Small pictures go over the second
     * (PortFrameReader).
     */
    carryFrames: call({ input: [port(), port(), v.strictObject({ maximumFrameBytes: count })] }),
    /** Returns the FNV-1a checksum of pixels as the plugin sees them. It proves that both sides share the memory. */
    checksum: call({ input: [v.strictObject({ offset: count, length: count })], output: count }),
    /** Returns the plugin's ends of its ports to tabs, which do not pass through the browser. */
    ports: call({ output: pluginPorts, deadlineMs: 500 }),
  },
  pushes: {
    toServer: {
      /** Doorbell: there is a new frame in the memory. It carries no pixels and no index; both are in the memory. */
      frameReady: push([]),
      /** Whether anything shows the small pictures from now on. The plugin draws them only then. */
      wantPictures: push([v.boolean()]),
      /** The plugin's end of a direct port to the tab that the frames show (contract `tab-view`). */
      tabPort: push([port(), v.strictObject({ id: tabId, pid: v.nullable(pid) })]),
      /** Causes this fault in the plugin's process, now. */
      breakYourself: push([runningFault]),
    },
    toCaller: {
      statistics: push([frameStatistics]),
      /** Doorbell: there is a new small picture in the memory. */
      pictureReady: push([]),
      /** One line for the browser's log. */
      log: push([bounded(4096)]),
    },
  },
});
