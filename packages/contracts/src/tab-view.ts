import { call, contract } from '@bulkhead/rpc/contract';
import * as v from 'valibot';

/** CSS pixels; negative in right-to-left pages. */
export const scrollPosition = v.strictObject({
  x: v.pipe(v.number(), v.finite()),
  y: v.pipe(v.number(), v.finite()),
});
export type ScrollPosition = v.InferOutput<typeof scrollPosition>;

/**
 * Requests of a plugin to the tab whose frames it reads. Served by apps/tab: HOSTILE. Called by the plugin directly:
 * the browser makes the port and gives both ends away. It closes with the tab's document or the plugin.
 */
export const tabView = contract('tab-view', {
  version: 1,
  server: 'tab',
  caller: 'plugin',
  trust: 'limited',
  serverTrust: 'none',
  lifetime: 'one per pair of a document and a plugin that reads its frames',
  limits: { bytesPerSecond: 64 * 1024 },
  calls: {
    scrollPosition: call({ output: scrollPosition, deadlineMs: 1000 }),
  },
});
