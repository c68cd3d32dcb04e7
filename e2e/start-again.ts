import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { where } from './launch.ts';

/** Starts the application again, without Playwright, and waits for its end. `output`: everything that it printed. */
export async function startAgain(args: string[], workingDirectory: string, command = where().electron) {
  const child = spawn(command, [where().app, ...args], { cwd: workingDirectory, stdio: ['ignore', 'pipe', 'pipe'] });
  const [[exitCode, signal], standardOutput, standardError] = await Promise.all([
    once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>,
    text(child.stdout),
    text(child.stderr),
  ]);
  return { exitCode, signal, output: standardOutput + standardError };
}
