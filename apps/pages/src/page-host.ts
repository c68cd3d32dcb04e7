import { pageHost } from '@bulkhead/contracts';
import { connect, messagePortEndpoint, type Remote } from '@bulkhead/rpc';
import { receivePort } from '@bulkhead/ui';

/** The browser as an internal page sees it. */
export type PageHost = Pick<Remote<typeof pageHost>, 'call' | 'stream'>;

/** Waits for this document's port to the browser. */
export async function connectPage(): Promise<PageHost> {
  return connect(pageHost, messagePortEndpoint(await receivePort()), { heartbeat: false });
}
