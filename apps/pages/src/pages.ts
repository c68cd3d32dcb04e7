import type { Component } from 'svelte';
import type { PageClient } from './page-client.ts';

export interface PageProperties {
  /** Ends with an error when the browser hands this document no port. */
  client: Promise<PageClient>;
}
type Page = () => Promise<{ default: Component<PageProperties> | Component }>;

/** Bulkhead's own pages by the host of their address, `bulkhead://HOST`. Each is loaded only where it is shown. */
const pages = {
  newtab: () => import('./newtab/NewTab.svelte'),
  processes: () => import('./processes/Processes.svelte'),
} satisfies Record<string, Page>;
const notFound: Page = () => import('./NotFound.svelte');

export function pageOf(host: string): Page {
  return Object.hasOwn(pages, host) ? pages[host as keyof typeof pages] : notFound;
}
