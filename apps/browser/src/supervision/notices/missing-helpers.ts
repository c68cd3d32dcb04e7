import type { Notice } from '@bulkhead/contracts';
import { log } from '../../log/log.ts';
import type { Notices } from './notices.ts';

/** Helpers that the browser can run without. */
export type Helper = Extract<Notice['victim'], 'watchdog' | 'process-guard' | 'shared-memory'>;

/** Reports that a helper is missing, once each, in the log and in the shell. */
export class MissingHelpers {
  readonly #notices: Notices;
  readonly #said = new Set<Helper>();

  constructor(notices: Notices) {
    this.#notices = notices;
  }

  say(helper: Helper, error: unknown): void {
    if (this.#said.has(helper)) return;
    this.#said.add(helper);
    log.warn(`runs without its ${helper}: ${error instanceof Error ? error.message : error}`);
    const none = { name: '', signal: null, exitCode: null, pid: null };
    this.#notices.add({ ...none, victim: helper, outcome: 'missing', how: 'launch-failed', why: whyMissing(error) });
  }
}

const causes: readonly [RegExp, Notice['why']][] = [
  [/\b(EMFILE|ENFILE)\b/, 'descriptors'],
  [/\b(EAGAIN)\b/, 'processes'],
  [/\b(ENOMEM|ENOSPC|NoSpaceError|AddressSpaceError|ERR_WORKER_OUT_OF_MEMORY)\b/, 'memory'],
];

/** Returns the resource that ran out, or `other` when the error is not a known one. */
export function whyMissing(error: unknown): NonNullable<Notice['why']> {
  if (!(error instanceof Error)) return 'other';
  const text = [error.name, error.message, 'code' in error ? error.code : ''].join(' ');
  return causes.find(([pattern]) => pattern.test(text))?.[1] ?? 'other';
}
