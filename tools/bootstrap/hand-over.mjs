import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { SetupFailure } from './failure.mjs';

/**
 * Returns the Node that runs everything after the set-up: the one that the lock file pins, if there is one for the
 * platform.
 * @param {string} checkout
 */
function toolsNode(checkout) {
  const pinned = path.join(checkout, `node_modules/node-${process.platform}-${process.arch}/bin/node`);
  if (existsSync(pinned)) return pinned;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  throw new SetupFailure(
    `There is no pinned Node for ${process.platform} ${process.arch}, and this Node ${process.versions.node} does not run TypeScript.`,
    'install Node 24 (22.18 at least) and run the command again.',
  );
}

/**
 * Runs the command in the checkout and ends with the same exit code or signal. Passes signals on. If this process is
 * killed, the closed channel tells the command to end.
 * @param {string} checkout
 * @param {string[]} args
 * @param {string} origin the checkout that the user works in, where `checkout` is a copy of it
 */
export async function handOver(checkout, args, origin = checkout) {
  const child = spawn(toolsNode(checkout), [path.join(checkout, 'tools/cli.ts'), ...args], {
    cwd: checkout,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: {
      ...process.env,
      // Base of relative paths on the command line: npm changes to the checkout before it runs a script.
      BULKHEAD_CALLER_FOLDER: process.env.npm_lifecycle_event ? process.env.INIT_CWD : process.cwd(),
      BULKHEAD_ORIGIN: origin,
      NODE_USE_ENV_PROXY: '1', // makes Node's fetch use HTTPS_PROXY and similar variables
    },
  });
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  /** @type {[number | null, NodeJS.Signals | null]} */
  const [code, signal] = await new Promise((resolve, reject) => {
    child.once('error', reject).once('exit', (...end) => resolve(end));
  });
  for (const each of signals) process.removeAllListeners(each);
  if (signal) process.kill(process.pid, signal);
  else process.exitCode = code ?? 1;
}
