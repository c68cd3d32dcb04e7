/** Step of the check whether an Electron runs Bulkhead, in order. `end`: all others have passed. */
export type SelfCheckStep = 'window' | 'tabs' | 'frame' | 'ports' | 'kill' | 'end';

/**
 * Output of the check: lines of JSON. The browser prints each step when it begins. When a step fails, it prints the
 * reason (`failed`). When a step takes too long, it prints what it waited for (`late`): then the result is unknown.
 */
export type SelfCheckLine = { step: SelfCheckStep } | { failed: string } | { late: string };
