import type { Tab } from './tab.ts';

/** Schemes that a web page may send its own tab to. */
const webSchemes = new Set(['http:', 'https:', 'about:', 'blob:', 'data:']);

/** May a page that is shown at `from` navigate its tab to `to` by itself? */
export function mayNavigate(from: string, to: string): boolean {
  const target = URL.canParse(to) ? new URL(to) : undefined;
  if (!target) return false;
  const source = URL.canParse(from) ? new URL(from) : undefined;
  if (webSchemes.has(target.protocol)) return true;
  return target.protocol === source?.protocol && (target.protocol === 'file:' || target.protocol === 'bulkhead:');
}

/** Keeps what a page may do to its own tab within `mayNavigate`. */
export function guardNavigation(tab: Pick<Tab, 'contents' | 'committedAddress'>): void {
  const guard = (event: { preventDefault(): void; url: string }) => {
    if (!mayNavigate(tab.committedAddress, event.url)) event.preventDefault();
  };
  tab.contents.on('will-navigate', guard);
  tab.contents.on('will-redirect', guard);
}

export const isInternal = (address: string) => address.startsWith('bulkhead://');
