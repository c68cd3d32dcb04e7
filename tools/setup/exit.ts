import { constants } from 'node:os';

type Cleanup = () => void;

const cleanups = new Set<Cleanup>();
let onSignal: ((exitCode: number) => void) | undefined;

/**
 * Runs `cleanup` when this process exits, in reverse order. It must be synchronous, because no other code runs then.
 * @returns a function that runs it now instead
 */
export function onExit(cleanup: Cleanup): () => void {
  cleanups.add(cleanup);
  return () => {
    if (cleanups.delete(cleanup)) cleanup();
  };
}

/**
 * Passes a signal to `handler` while `work` runs, instead of ending this process at once.
 * @param handler gets the exit code for the signal; a second signal ends the process
 */
export async function withSignalHandler<T>(handler: (exitCode: number) => void, work: () => Promise<T>): Promise<T> {
  onSignal = handler;
  try {
    return await work();
  } finally {
    onSignal = undefined;
  }
}

/** One Ctrl-C may arrive several times: from the terminal, from npm, and from processes that pass signals on. */
const SAME_SIGNAL_MS = 500;

/** Makes this process end cleanly on signals and on the death of its parent. */
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
