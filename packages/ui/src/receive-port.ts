/** What the preload says when it hands this document its port to the browser. */
const announcement = 'bulkhead-port';

/** Waits for the port to the browser, which comes once for a document. */
export function receivePort(): Promise<MessagePort> {
  return new Promise((resolve) => {
    function onMessage({ source, data, ports }: MessageEvent): void {
      // From this window alone: no other may pass for the browser.
      if (source !== window || data !== announcement || !ports[0]) return;
      window.removeEventListener('message', onMessage);
      resolve(ports[0]);
    }
    window.addEventListener('message', onMessage);
  });
}
