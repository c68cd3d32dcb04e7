import { call, contract, push, stream } from '@bulkhead/rpc/contract';
import * as v from 'valibot';
import { tabFrameStatistics } from './frame-statistics.ts';
import { bounded, pid, rectangle } from './primitives.ts';
import { tabId } from './tab-state.ts';
import { windowState } from './window-state.ts';

/** What a person typed or a link said; the browser decides what it means. */
const typed = bounded(65_536);

/**
 * What the window's interface asks of the browser. Served by apps/browser, called by apps/shell: ours, sandboxed.
 * One port per shell document; it closes with it. A tab that has gone in the meantime is no error: the next state
 * says so.
 */
export const shellHost = contract('shell-host', {
  version: 1,
  server: 'browser',
  caller: 'shell',
  trust: 'full',
  lifetime: 'one per document of the shell',
  calls: {
    /** Opens a tab at the end and activates it; null opens the new-tab page. */
    newTab: call({ input: [v.nullable(typed)], output: tabId }),
    closeTab: call({ input: [tabId] }),
    activateTab: call({ input: [tabId] }),
    /** Resolves when the navigation has begun, not when the page has come. */
    navigate: call({ input: [tabId, typed] }),
    goBack: call({ input: [tabId] }),
    goForward: call({ input: [tabId] }),
    /** Loads the page again; a tab whose process has gone gets a new one. */
    reload: call({ input: [tabId] }),
    stop: call({ input: [tabId] }),
    /** SIGKILL to the tab's renderer. Resolves when the signal is sent. */
    killTab: call({ input: [tabId] }),
    /** Starts a plugin whose crash budget is spent. */
    restartPlugin: call({ input: [bounded(64)] }),
    /** Where the page goes in the window, device-independent pixels from its upper left corner. */
    setContentBounds: call({ input: [rectangle] }),
    /** True raises the shell over the page, for a menu or a dialog; false puts the page back on top. */
    setOverlay: call({ input: [v.boolean()] }),
  },
  pushes: {
    toServer: {
      /** The sad tab of this process is on the screen: what the fault drill measures. */
      sadTabPainted: push([v.strictObject({ tab: tabId, pid: v.nullable(pid) })]),
      /** The notice that this plugin process ended is on the screen. */
      pluginEndPainted: push([v.strictObject({ name: bounded(64), pid: v.nullable(pid) })]),
    },
    toCaller: {
      /** A person asked for the address bar by keyboard. */
      focusAddress: push([]),
    },
  },
  streams: {
    /** The whole state, now and at each change; states that came while the shell was busy are skipped. */
    windowState: stream({ item: windowState, highWaterMark: 1, maxBytes: 16 * 1024 * 1024 }),
    /** What the frame-stats plugin found in the active tab's newest frame. */
    frameStatistics: stream({ item: tabFrameStatistics, highWaterMark: 1 }),
  },
});
