import type { PageClient } from './page-client.ts';

export function connectPage(): Promise<PageClient> {
  return new Promise(() => undefined);
}
