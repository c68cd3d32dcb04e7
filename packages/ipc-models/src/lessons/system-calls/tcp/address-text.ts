import type { SocketAddress } from '@bulkhead/shared-memory/system-calls';

export const addressText = (address: SocketAddress): string =>
  'path' in address ? address.path : `${address.host}:${address.port}`;
