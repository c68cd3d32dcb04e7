import type { WebContents } from 'electron';

/** Longest that the shell waits for each of the first page's two steps, ms. */
const stepMs = 200;

/**
 * Calls `open` when the first page has loaded. The page that the user asked for comes first: the shell's process would
 * take the processor from it. A page that takes long is not waited for: one deadline for its server's answer, one for
 * its load.
 */
export function openBehindFirstPage(first: WebContents | undefined, open: () => void): void {
  const openNow = () => {
    clearTimeout(timer);
    first?.off('did-navigate', waitOn);
    first?.off('did-stop-loading', openNow);
    open();
  };
  const waitOn = () => {
    clearTimeout(timer);
    timer = setTimeout(openNow, stepMs);
  };
  let timer = setTimeout(openNow, stepMs);
  first?.once('did-navigate', waitOn);
  first?.once('did-stop-loading', openNow);
}
