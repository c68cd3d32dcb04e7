import type { Component } from 'svelte';
import type { PageHost } from './page-host.ts';

export interface PageProperties {
  /** The browser, once this document's port has come. */
  host: Promise<PageHost>;
}
type Page = () => Promise<{ default: Component<PageProperties> | Component }>;

/** Internal pages by the host of their address, `bulkhead://HOST`. Each is loaded only when it is shown. */
const pages = {
  crashes: () => import('./crashes/Crashes.svelte'),
  frames: () => import('./frames/Frames.svelte'),
  history: () => import('./history/History.svelte'),
  'ipc-lab': () => import('./ipc-lab/Lab.svelte'),
  isolation: () => import('./isolation/Isolation.svelte'),
  newtab: () => import('./newtab/NewTab.svelte'),
  ports: () => import('./ports/Ports.svelte'),
  processes: () => import('./processes/Processes.svelte'),
  settings: () => import('./settings/Settings.svelte'),
} satisfies Record<string, Page>;
const notFound: Page = () => import('./NotFound.svelte');

export function pageOf(host: string): Page {
  return Object.hasOwn(pages, host) ? pages[host as keyof typeof pages] : notFound;
}
