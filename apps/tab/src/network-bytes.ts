let bytes = 0;
let watching = false;

/**
 * Bytes over the network for this document and what it has fetched, as its own timing tells. The first question starts
 * the count, what came before it included; so the first answer is 0.
 */
export function networkBytes(): number {
  if (!watching) {
    watching = true;
    const add = (list: PerformanceObserverEntryList) => {
      for (const entry of list.getEntries()) bytes += (entry as PerformanceResourceTiming).transferSize;
    };
    for (const type of ['navigation', 'resource']) new PerformanceObserver(add).observe({ type, buffered: true });
  }
  return bytes;
}
