import { pageLimits } from '@bulkhead/contracts';
import type { WebContents } from 'electron';
import { cutText } from '../../tabs/page-facts.ts';

/** Longest that a page is asked what it is doing, ms: one that runs no JavaScript never answers. */
const patienceMs = 2000;

/** What the page's JavaScript is doing right now; null where the runtime cannot tell, or the page does not. */
export async function callStackOf(contents: WebContents): Promise<string | null> {
  const { mainFrame } = contents;
  // Came in the course of Electron 33's minor versions.
  if (typeof mainFrame.collectJavaScriptCallStack !== 'function') return null;
  const late = new Promise<null>((resolve) => setTimeout(resolve, patienceMs, null));
  const stack = Promise.resolve(mainFrame.collectJavaScriptCallStack()).catch(() => null); // it has gone meanwhile
  const answer = await Promise.race([stack, late]);
  return typeof answer === 'string' && answer !== '' ? cutText(answer, pageLimits.stackLength) : null;
}
