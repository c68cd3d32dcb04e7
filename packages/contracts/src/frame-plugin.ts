import { call, contract, port, push } from '@bulkhead/rpc/contract';
import { arenaDescriptor, frameBufferDescriptor } from '@bulkhead/shared-memory/descriptors';
import * as v from 'valibot';
import { confinement } from './confinement.ts';
import { frameStatistics } from './frame-statistics.ts';
import { runningFault } from './plugin-faults.ts';
import { pluginPorts } from './port-list.ts';
import { bounded, count, pid } from './primitives.ts';
import { tabId } from './tab-health.ts';

/** UTF-16 code units of a plugin's text. */
export const maximumPluginLength = 4 * 1024 * 1024;

/**
 * What the browser asks of a plugin that reads frames. Served by the plugin's process: LIMITED, it may be compromised.
 * Called by apps/browser. One port per plugin process; it closes with it. Frames are never among the messages: where
 * there is no shared memory they have ports of their own.
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
    /** Maps the memory that it will share with the browser: once, before `confine`. */
    attach: call({ input: [arenaDescriptor] }),
    /**
     * Locks its process down for good. `true`: the browser will answer the calls that are refused. Then it says which
     * descriptor the browser is to take for that; null where the kernel answers them. Once.
     */
    confine: call({ input: [v.boolean()], output: v.nullable(count) }),
    /** Gives that descriptor away, tries what is forbidden, and says what came of it. Once, after `confine`. */
    prove: call({ output: confinement }),
    /**
     * Evaluates the plugin's module: its name and its text, because the process can read no file any more. Nothing of the
     * plugin runs before. Once, after `prove`; the calls below come after it.
     */
    load: call({ input: [bounded(64), bounded(maximumPluginLength)] }),
    /** Reads frames of this buffer from now on, of no other. */
    watch: call({ input: [frameBufferDescriptor] }),
    /** Reads no more frames. */
    unwatch: call(),
    /** Takes up this buffer to write small pictures of the watched frames into: once. */
    lendPictures: call({ input: [frameBufferDescriptor] }),
    /**
     * Takes up the plugin's ends of two ports. Called once: in place of `attach`, `watch` and `lendPictures` where there
     * is no shared memory, or after them when there is no memory for the first reader. Copies of frames come over the
     * first port (PortFrameWriter), of so many bytes at most. Small pictures go over the second (PortFrameReader).
     */
    carryFrames: call({ input: [port(), port(), v.strictObject({ maximumFrameBytes: count })] }),
    /** Sum (FNV-1a) of bytes of the watched buffer's pixels as the plugin sees them: shows that the memory is the same. */
    checksum: call({ input: [v.strictObject({ offset: count, length: count })], output: count }),
    /** Its ends of the ports to tabs, which do not pass through the browser. */
    ports: call({ output: pluginPorts, deadlineMs: 500 }),
  },
  pushes: {
    toServer: {
      /** The doorbell: there is a new frame in the memory. It carries no pixel and no index; those are there, too. */
      frameReady: push([]),
      /** Somebody wants to see the small pictures from now on, or nobody any more: then it draws none. */
      wantPictures: push([v.boolean()]),
      /** The plugin's end of a port straight to the tab whose frames these are (contract `tab-view`). */
      tabPort: push([port(), v.strictObject({ id: tabId, pid: v.nullable(pid) })]),
      /** Causes this fault in its own process, now. */
      breakYourself: push([runningFault]),
    },
    toCaller: {
      statistics: push([frameStatistics]),
      /** The doorbell of the small pictures in the memory. */
      pictureReady: push([]),
      /** One line for the browser's log. */
      log: push([bounded(4096)]),
    },
  },
});
