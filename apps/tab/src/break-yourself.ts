import type { PreloadFault } from '@bulkhead/contracts';

/** Messages of one flood: far more than any tab has to say in a second. */
const flood = 50_000;

/** Does to this very process what a page that has taken it over could do. The browser asked for it. */
export function breakYourself(fault: PreloadFault, port: MessagePort): void {
  if (fault === 'segmentation-fault') process.crash();
  else if (fault === 'malformed-message') port.postMessage({ constructor: 'no frame', __proto__: null });
  else if (fault === 'closed-port') port.close();
  else for (let count = 0; count < flood; count++) port.postMessage([]);
}
