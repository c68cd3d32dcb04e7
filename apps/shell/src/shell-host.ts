import type { shellHost } from '@bulkhead/contracts';
import type { Remote } from '@bulkhead/rpc';

/** The browser as the shell sees it. The effects of a call arrive as state. */
export type ShellHost = Pick<Remote<typeof shellHost>, 'call' | 'push' | 'stream'>;
