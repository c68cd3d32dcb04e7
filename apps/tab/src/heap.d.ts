/** `memory` exists in Chromium only and is missing from TypeScript's DOM library. Bytes. */
interface Performance {
  readonly memory?: { readonly usedJSHeapSize: number };
}
