/** Chromium's own; the DOM library does not know it. Bytes. */
interface Performance {
  readonly memory?: { readonly usedJSHeapSize: number };
}
