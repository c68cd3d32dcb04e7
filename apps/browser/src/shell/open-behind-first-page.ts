import type { WebContents } from 'electron';

/** Longest that the shell waits for each of the first page's two steps, ms. */
const stepMs = 200;

/**
 * Calls `open` when the first page has loaded. The page that the user asked for comes first: the shell's process would
 * compete with it for the CPU. A slow page delays the shell only a little: there is one deadline for the server's
 * answer and one for the load.
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
