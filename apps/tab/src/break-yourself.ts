import type { PreloadFault } from '@bulkhead/contracts';

/** Messages in one flood: far more than any tab needs to send in one second. */
const flood = 50_000;

/** Breaks this process at the browser's request, as a page that has taken it over could. */
export function breakYourself(fault: PreloadFault, port: MessagePort): void {
  if (fault === 'segmentation-fault') process.crash();
  else if (fault === 'malformed-message') port.postMessage({ constructor: 'no frame', __proto__: null });
  else if (fault === 'closed-port') port.close();
  else for (let count = 0; count < flood; count++) port.postMessage([]);
}
