/** Step of the check whether an Electron runs Bulkhead, in order. `end`: all others have passed. */
export type SelfCheckStep = 'window' | 'tabs' | 'frame' | 'ports' | 'kill' | 'end';

/**
 * What the browser prints, as JSON in a line: each step when it begins, then the reason why it failed, or why it is not
 * known whether it does (`late`).
 */
export type SelfCheckLine = { step: SelfCheckStep } | { failed: string } | { late: string };
