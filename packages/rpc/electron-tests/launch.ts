import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { buildApp } from './build.ts';

export type Line = Readonly<Record<string, unknown>>;

/** Returns Electron's executable from the environment that `npm test` sets. Throws if it is not set. */
function electron(): string {
  const where = process.env.BULKHEAD_WHERE;
  if (!where) throw new Error('BULKHEAD_WHERE is not set: start this by `npm test`');
  return (JSON.parse(where) as { electron: string }).electron;
}

/**
 * Runs one scenario of the test application in real, sandboxed processes, and resolves with the lines that it printed.
 * Rejects if the scenario failed, if its browser process had an uncaught error, or if it left a process behind.
 */
export async function runScenario(scenario: string, argument = ''): Promise<Line[]> {
  const app = await buildApp();
  const profile = await mkdtemp(path.join(tmpdir(), 'bulkhead-rpc-profile-'));
  try {
    // Electron's user writes here, temporary files too, so that all is removed with the folder.
    await chmod(profile, 0o777);
    const child = spawn(electron(), [app, scenario, argument, `--user-data-dir=${path.join(profile, 'data')}`], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, TMPDIR: profile },
    });
    let log = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      log += text;
    });
    const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
    const lines: Line[] = [];
    for await (const line of createInterface({ input: child.stdout })) lines.push(JSON.parse(line) as Line);
    const code = await exited;
    const failure = lines.find((line) => 'failed' in line || 'uncaught' in line || 'unhandled' in line);
    if (failure) throw new Error(`${scenario}: ${JSON.stringify(failure)}`);
    if (code !== 0 || lines.at(-1)?.done !== scenario) throw new Error(`${scenario}: exit code ${code}\n${log}`);
    return lines.slice(0, -1);
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    await rm(app, { recursive: true, force: true });
  }
}
