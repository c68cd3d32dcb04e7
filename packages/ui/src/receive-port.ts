/** Message of the preload that carries this document's port to the browser. */
const announcement = 'bulkhead-port';

/** Waits for the port to the browser, which comes once per document. */
export function receivePort(): Promise<MessagePort> {
  return new Promise((resolve) => {
    function onMessage({ source, data, ports }: MessageEvent): void {
      // Accept it from this window only: another window must not pose as the browser.
      if (source !== window || data !== announcement || !ports[0]) return;
      window.removeEventListener('message', onMessage);
      resolve(ports[0]);
    }
    window.addEventListener('message', onMessage);
  });
}
