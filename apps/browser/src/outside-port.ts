import { leavingChannel } from '@bulkhead/contracts';

/** What a renderer may send outside its port, besides the synchronous `leaving`. It says nothing. */
export const greeting = 'bulkhead-hello';

/**
 * What the runtime sends from a sandboxed page by itself: it asks for the preload, says that one failed, warns its
 * developers, and answers the scripts of a driver. It knows more, which such a page never sends: with those one that was
 * taken over closes the window, or reads the clipboard.
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
