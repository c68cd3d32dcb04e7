let bytes = 0;
let watching = false;

/**
 * Returns the network bytes of this document and what it has fetched, from its performance entries. The first call
 * starts the count, earlier transfers included, and returns 0.
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
