import { constants } from 'node:os';

type Cleanup = () => void;

const cleanups = new Set<Cleanup>();
let onSignal: ((exitCode: number) => void) | undefined;

/**
 * Has `cleanup` run when this process exits, the last one first. It is synchronous, since nothing else runs any more then.
 * @returns runs it now instead
 */
export function onExit(cleanup: Cleanup): () => void {
  cleanups.add(cleanup);
  return () => {
    if (cleanups.delete(cleanup)) cleanup();
  };
}

/**
 * While `work` is under way, a signal goes to `handler` instead of ending this process at once.
 * @param handler is given the exit code that says which signal it was; a second signal ends the process after all
 */
export async function withSignalHandler<T>(handler: (exitCode: number) => void, work: () => Promise<T>): Promise<T> {
  onSignal = handler;
  try {
    return await work();
  } finally {
    onSignal = undefined;
  }
}

/** One Ctrl-C arrives several times: from the terminal, from npm and from whoever passes signals on. */
const SAME_SIGNAL_MS = 500;

/** Has signals, and the death of the process that started this one, end it in order. */
export function endOnSignals(): void {
  let first: number | undefined;
  const end = (signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP') => {
    const exitCode = 128 + constants.signals[signal];
    first ??= Date.now();
    if (onSignal && Date.now() - first < SAME_SIGNAL_MS) onSignal(exitCode);
    else process.exit(exitCode);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(signal));
  process.once('disconnect', () => end('SIGHUP'));
  process.channel?.unref();
  process.on('exit', () => {
    for (const cleanup of [...cleanups].reverse()) {
      try {
        cleanup();
      } catch (error) {
        process.stderr.write(`bulkhead: could not clean up: ${error}\n`);
      }
    }
  });
}
