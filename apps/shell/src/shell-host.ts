import type { shellHost } from '@bulkhead/contracts';
import type { Remote } from '@bulkhead/rpc';

/** The browser, as far as the shell asks it. What a question changed arrives as state. */
export type ShellHost = Pick<Remote<typeof shellHost>, 'call' | 'push' | 'stream'>;
