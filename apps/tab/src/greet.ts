import { ipcRenderer } from 'electron';

/**
 * Tells the browser that this document listens; the browser answers with its ports. Waits until the document has an
 * element: before that, Electron silently drops messages to the frame, although the preload is already running.
 */
export function greet(): void {
  // `chrome-error:` is Chromium's page for a failed load. The browser does not count it as a navigation.
  if (isPlaceholder() || location.protocol === 'chrome-error:') return;
  const send = () => ipcRenderer.send('bulkhead-hello');
  if (document.documentElement) {
    send();
    return;
  }
  const observer = new MutationObserver(() => {
    if (!document.documentElement) return;
    observer.disconnect();
    send();
  });
  observer.observe(document, { childList: true });
}

/**
 * Returns whether this is the empty document that a view has before its first page. A preload runs there only when
 * Playwright or a debugger inspects the view. The browser would take a greeting from it for the first page's, and that
 * page would lose its port to a second one. A window from `window.open` also begins with such a document and may keep
 * it: that document is a page.
 */
function isPlaceholder(): boolean {
  return document.URL === 'about:blank' && document.readyState === 'complete' && window.opener === null;
}
