import type { WebContents } from 'electron';

/** Schemes to which a web page may navigate its own tab. */
const webSchemes = new Set(['http:', 'https:', 'about:', 'blob:', 'data:']);

/** Says whether a page at `from` may navigate its tab to `to`. */
export function mayNavigate(from: string, to: string): boolean {
  const target = URL.canParse(to) ? new URL(to) : undefined;
  if (!target) return false;
  const source = URL.canParse(from) ? new URL(from) : undefined;
  if (webSchemes.has(target.protocol)) return true;
  return target.protocol === source?.protocol && (target.protocol === 'file:' || target.protocol === 'bulkhead:');
}

/** Blocks navigations by the page that `mayNavigate` does not allow. */
export function guardNavigation(tab: { readonly contents: WebContents; readonly committedAddress: string }): void {
  const guard = (event: { preventDefault(): void; url: string }) => {
    if (!mayNavigate(tab.committedAddress, event.url)) event.preventDefault();
  };
  tab.contents.on('will-navigate', guard);
  tab.contents.on('will-redirect', guard);
}

export const isInternal = (address: string) => address.startsWith('bulkhead://');
