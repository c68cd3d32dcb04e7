// The document's own scripts are deferred: they have run, and listen, when this fires, and not a moment earlier.
// (`readyState` is 'interactive' before they run, too.) A preload is always there in time to hear it.
const scriptsHaveRun = new Promise((resolve) => document.addEventListener('DOMContentLoaded', resolve, { once: true }));

/** Hands the browser's ports to this document's own scripts, in the page's world: to our own pages only. */
export async function handOver(ports: readonly MessagePort[]): Promise<void> {
  await scriptsHaveRun;
  window.postMessage('bulkhead-port', location.origin, [...ports]);
}
