import { once } from 'node:events';
import type { WebContents } from 'electron';

/** Longest that Chromium is given to begin, ms: the page may hang. */
const patienceMs = 5000;

/**
 * Sends the form again that the present document of these contents answers, with the content that it had. `reload()`
 * would do nothing: Chromium waits for an answer to a question that this runtime never puts. The same command over the
 * debugger's protocol asks nothing.
 */
export async function sendFormAgain(contents: WebContents): Promise<void> {
  const { debugger: channel } = contents;
  const isForeign = channel.isAttached();
  if (!isForeign) channel.attach();
  const begun = once(contents, 'did-start-navigation', { signal: AbortSignal.timeout(patienceMs) });
  // Whichever comes first. A process that ends meanwhile rejects, and the tab says so.
  await Promise.race([begun, channel.sendCommand('Page.reload')]).catch(() => undefined);
  await begun.catch(() => undefined);
  if (!isForeign && !contents.isDestroyed() && channel.isAttached()) channel.detach();
}
