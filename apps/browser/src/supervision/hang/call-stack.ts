import { pageLimits } from '@bulkhead/contracts';
import type { WebContents } from 'electron';
import { cutText } from '../../bounds/page-facts.ts';

/** Longest wait for a page's call stack, ms. A page that runs no JavaScript never answers. */
const patienceMs = 2000;

/** Returns the present JavaScript call stack of a page. Null when Electron or the page cannot provide it. */
export async function callStackOf(contents: WebContents): Promise<string | null> {
  const { mainFrame } = contents;
  // Added in a minor version of Electron 33.
  if (typeof mainFrame.collectJavaScriptCallStack !== 'function') return null;
  const late = new Promise<null>((resolve) => setTimeout(resolve, patienceMs, null));
  const stack = Promise.resolve(mainFrame.collectJavaScriptCallStack()).catch(() => null); // the page is gone
  const answer = await Promise.race([stack, late]);
  return typeof answer === 'string' && answer !== '' ? cutText(answer, pageLimits.stackLength) : null;
}
