import { leavingChannel } from '@bulkhead/contracts';

/** The message that a preload sends for each new document. It carries nothing. */
export const greeting = 'bulkhead-hello';

/**
 * Messages that the runtime's own code sends from a sandboxed page: it asks for the preload, says that one failed, warns
 * its developers, and answers the scripts of a driver. The runtime takes more messages. No sandboxed page sends those, and
 * a page that was taken over could close the window with them, or read the clipboard.
 */
const runtimes = /^(BROWSER_SANDBOX_LOAD|BROWSER_PRELOAD_ERROR|BROWSER_GET_LAST_WEB_PREFERENCES|[A-Z_]+_RESPONSE_\d+)$/;

/** The runtime's own names for what it tells by no public event, and what is declared of each. */
const declared: ReadonlyMap<string | symbol, readonly string[]> = new Map([
  ['-ipc-message', [greeting]],
  ['-ipc-message-sync', [leavingChannel]],
  ['-ipc-invoke', []],
  ['-ipc-ports', []],
  ['ipc-message-host', []],
]);

/**
 * Whether an event of a tab's contents is a message that no page of a tab sends. Asked before the runtime hears of it,
 * which would act on some.
 * @param args the event, then whether the message is the runtime's own (left out by newer ones), then the channel
 */
export function isUndeclared(name: string | symbol, [, first, second]: readonly unknown[]): boolean {
  const channels = declared.get(name);
  if (!channels) return false;
  const channel = typeof first === 'boolean' ? second : first;
  return typeof channel !== 'string' || !(channels.includes(channel) || runtimes.test(channel));
}
