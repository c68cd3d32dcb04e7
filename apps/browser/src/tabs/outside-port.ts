import type { EventEmitter } from 'node:events';
import { leavingChannel } from '@bulkhead/contracts';
import { guardEvents } from '../page-events/guard-events.ts';

/** The message that a preload sends for each new document. It has no content. */
export const greeting = 'bulkhead-hello';

/**
 * Messages that Electron's own code sends from a sandboxed page: it asks for the preload, reports a preload that
 * failed, warns developers, and returns results of Playwright's scripts. Electron accepts more messages. No sandboxed
 * page sends those, and a compromised page could use them to close the window or to read the clipboard.
 */
const runtimes = /^(BROWSER_SANDBOX_LOAD|BROWSER_PRELOAD_ERROR|BROWSER_GET_LAST_WEB_PREFERENCES|[A-Z_]+_RESPONSE_\d+)$/;

/** Electron's internal events for messages from a renderer, and the declared channels of each. */
const declared: ReadonlyMap<string | symbol, readonly string[]> = new Map([
  ['-ipc-message', [greeting]],
  ['-ipc-message-sync', [leavingChannel]],
  ['-ipc-invoke', []],
  ['-ipc-ports', []],
  ['ipc-message-host', []],
  // The name in newer versions of Electron.
  ['-ipc-message-host', []],
]);

/**
 * Says whether an event of a tab's contents is a message that no page of a tab sends. It is called before Electron
 * handles the event, because Electron would act on some.
 * @param args the event, then whether the message is Electron's own (newer versions leave this out), then the channel
 */
export function isUndeclared(name: string | symbol, [, first, second]: readonly unknown[]): boolean {
  const channels = declared.get(name);
  if (!channels) return false;
  const channel = typeof first === 'boolean' ? second : first;
  return typeof channel !== 'string' || !(channels.includes(channel) || runtimes.test(channel));
}

/**
 * Drops the messages that service workers send to a session. Electron 35 and later accept them. Bulkhead has no preload
 * in service workers, so only a compromised renderer sends one, and Electron's own handlers expect a tab as the sender.
 */
export function dropWorkerMessages(session: EventEmitter): void {
  guardEvents(session, {
    hears: (name) => !declared.has(name),
    onFault: (error) => {
      throw error;
    },
  });
}
