import { spawnSync } from 'node:child_process';
import { chownSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Account } from '../bootstrap/account.mjs';
import { SetupFailure, systemErrorCode } from '../bootstrap/failure.mjs';
import { ensureLibraries } from './libraries.ts';
import { makeTemporaryFolder } from './private-folder.ts';
import { damaged, type Runtime } from './runtime.ts';
import { explainNoSandbox } from './sandbox-remedy.ts';

const PROBE_MS = 20_000;

/**
 * Starts Electron with its sandbox, as the user that will run it, on an app that ends at once. This finds any obstacle
 * to the sandbox, such as disabled namespaces, an AppArmor rule for this path, or a container.
 * @throws SetupFailure with the reason for the missing sandbox and the remedy; DamagedRuntime if it cannot start at all
 */
export function probeSandbox(runtime: Runtime, account: Account | undefined): void {
  const home = makeTemporaryFolder('bulkhead-probe-');
  try {
    if (account) chownSync(home, account.uid, account.gid);
    const probe = path.join(import.meta.dirname, '../launch/probe');
    const { status, signal, stdout, stderr, error } = spawnSync(
      runtime.executable,
      [`--user-data-dir=${home}/profile`, probe],
      {
        encoding: 'utf8',
        timeout: PROBE_MS,
        cwd: '/',
        env: { ...process.env, HOME: home },
        ...(account && { uid: account.uid, gid: account.gid }),
      },
    );
    // Check the output too, not only the exit code: a file that is not a program runs as an empty script.
    if ((status === 0 && stdout.endsWith('started')) || isDisplayOnly(stderr)) return;
    if (systemErrorCode(error) === 'ETIMEDOUT') {
      throw new SetupFailure(`The runtime ${runtime.executable} did not start within ${PROBE_MS / 1000} s.`, [
        'wait until the machine is less busy, and run the command again.',
      ]);
    }
    explain(runtime, (error?.message ?? stderr).trim() || `it ends without output (${signal ?? `code ${status}`})`);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** Returns true if only the display is missing: Chromium starts the sandbox before it looks for a display. */
function isDisplayOnly(stderr: string): boolean {
  return /Missing X server|cannot open display/i.test(stderr);
}

function explain(runtime: Runtime, said: string): never {
  if (said.includes('error while loading shared libraries')) ensureLibraries(runtime);
  const fatal = said.split('\n').find((line) => line.includes('FATAL:')) ?? '';
  if (/sandbox|namespace/i.test(fatal)) throw explainNoSandbox(runtime);
  throw damaged(runtime, `does not start: ${said.slice(-500)}`);
}
