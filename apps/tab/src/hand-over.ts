// The document's own scripts are deferred: they run, and start to listen, right before DOMContentLoaded. (`readyState`
// is already 'interactive' before they run.) A preload always runs early enough to catch the event.
const scriptsHaveRun = new Promise((resolve) => document.addEventListener('DOMContentLoaded', resolve, { once: true }));

/** Hands the browser's ports to the document's own scripts, in the page's world: for the shell and internal pages. */
export async function handOver(ports: readonly MessagePort[]): Promise<void> {
  await scriptsHaveRun;
  window.postMessage('bulkhead-port', location.origin, [...ports]);
}
