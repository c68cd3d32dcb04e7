import type { Component } from 'svelte';
import type { PageHost } from './page-host.ts';

export interface PageProperties {
  /** The browser, once this document's port has come. */
  host: Promise<PageHost>;
}
type Page = () => Promise<{ default: Component<PageProperties> | Component }>;

/** Bulkhead's own pages by the host of their address, `bulkhead://HOST`. Each is loaded only where it is shown. */
const pages = {
  crashes: () => import('./crashes/Crashes.svelte'),
  frames: () => import('./frames/Frames.svelte'),
  'ipc-lab': () => import('./ipc-lab/Lab.svelte'),
  isolation: () => import('./isolation/Isolation.svelte'),
  newtab: () => import('./newtab/NewTab.svelte'),
  processes: () => import('./processes/Processes.svelte'),
} satisfies Record<string, Page>;
const notFound: Page = () => import('./NotFound.svelte');

export function pageOf(host: string): Page {
  return Object.hasOwn(pages, host) ? pages[host as keyof typeof pages] : notFound;
}
