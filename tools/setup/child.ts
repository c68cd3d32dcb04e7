import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { onExit } from './exit.ts';

export interface ChildEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Starts a command that does not outlive this process. */
export function start(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(command, args, options);
  const forget = onExit(() => child.exitCode === null && child.signalCode === null && child.kill('SIGTERM'));
  child.once('exit', forget).once('error', forget);
  return child;
}

/** Resolves to how the command ended, after all its output has been read. */
export function ended(child: ChildProcess): Promise<ChildEnd> {
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (code, signal) => resolve({ code, signal }));
  });
}

/**
 * Runs a command to its end and collects its output on both streams.
 * @param options.live also shows the output on stderr at once
 */
export async function collect(
  command: string,
  args: readonly string[],
  { live = false, ...options }: SpawnOptions & { live?: boolean } = {},
): Promise<ChildEnd & { output: string }> {
  const child = start(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (live) process.stderr.write(text);
    });
  }
  return { ...(await ended(child)), output };
}
