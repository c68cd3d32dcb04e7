import { ipcRenderer } from 'electron';

/**
 * Tells the browser that this document listens; its ports come in answer. Not before the document has an element: the
 * runtime drops, without a word, what is sent to a frame earlier, although the preload is running by then.
 */
export function greet(): void {
  // What Chromium puts in the place of a page that could not be loaded: no page, and no navigation to the browser.
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
 * Is this the empty document that a view has before its first page? A preload runs there only when a driver or a
 * debugger looks into it; a greeting from there would be taken for the first page's, which would then lose its port to
 * a second one. What `window.open` makes begins with such a document too, and may stay at it: that one is a page.
 */
function isPlaceholder(): boolean {
  return document.URL === 'about:blank' && document.readyState === 'complete' && window.opener === null;
}
