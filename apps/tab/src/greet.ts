import { ipcRenderer } from 'electron';

/**
 * Tells the browser that this document listens; its ports come in answer. Not before the document has an element: the
 * runtime drops, without a word, what is sent to a frame earlier, although the preload is running by then.
 */
export function greet(): void {
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
