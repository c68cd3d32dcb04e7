import { once } from 'node:events';
import type { WebContents } from 'electron';

/** Longest wait for Chromium to start, ms. The page may hang. */
const patienceMs = 5000;

/**
 * Sends the form again that the present document is the answer to, with the same content. `reload()` would do nothing,
 * because Chromium waits for an answer to a question that Electron never shows. The same command over the debugger's
 * protocol asks nothing.
 */
export async function sendFormAgain(contents: WebContents): Promise<void> {
  const { debugger: channel } = contents;
  const isForeign = channel.isAttached();
  if (!isForeign) channel.attach();
  const begun = once(contents, 'did-start-navigation', { signal: AbortSignal.timeout(patienceMs) });
  // Whichever comes first. If the process ends meanwhile, this rejects, and the tab reports the end.
  await Promise.race([begun, channel.sendCommand('Page.reload')]).catch(() => undefined);
  await begun.catch(() => undefined);
  if (!isForeign && !contents.isDestroyed() && channel.isAttached()) channel.detach();
}
