import { spawnSync } from 'node:child_process';
import { chownSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Account } from '../bootstrap/account.mjs';
import { ensureLibraries } from './libraries.ts';
import { makeTemporaryFolder } from './private-folder.ts';
import { damaged, type Runtime } from './runtime.ts';
import { explainNoSandbox } from './sandbox-remedy.ts';

const PROBE_MS = 20_000;

/**
 * Starts the runtime with its sandbox, as the user who will run it, on an application that ends at once: whatever stands
 * in the way (namespaces switched off, an AppArmor rule about this very path, a container) shows itself here.
 * @throws SetupFailure that says why there is no sandbox and what to do about it
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
    // Not by its exit code alone: a file that is no program is taken for an empty script.
    if ((status === 0 && stdout.endsWith('started')) || isDisplayOnly(stderr)) return;
    explain(runtime, (error?.message ?? stderr).trim() || `it says nothing and ends (${signal ?? `code ${status}`})`);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** The sandbox is up before a display is looked for. */
function isDisplayOnly(stderr: string): boolean {
  return /Missing X server|cannot open display/i.test(stderr);
}

function explain(runtime: Runtime, said: string): never {
  if (said.includes('error while loading shared libraries')) ensureLibraries(runtime);
  const fatal = said.split('\n').find((line) => line.includes('FATAL:')) ?? '';
  if (/sandbox|namespace/i.test(fatal)) throw explainNoSandbox(runtime);
  throw damaged(runtime, `does not start: ${said.slice(-500)}`);
}
