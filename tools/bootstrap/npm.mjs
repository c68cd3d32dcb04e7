import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { SetupFailure } from './failure.mjs';

/**
 * Returns the path of `npm-cli.js` of the npm that started this process, or of the npm on the PATH.
 * @returns {string}
 */
export function npmCli(environment = process.env) {
  const started = environment.npm_execpath;
  if (started && path.basename(started) === 'npm-cli.js' && existsSync(started)) return started;
  // On Windows there is no sh, and npm is beside Node.
  const beside = path.join(path.dirname(process.execPath), 'node_modules/npm/bin/npm-cli.js');
  if (process.platform === 'win32' && existsSync(beside)) return beside;
  const { stdout } = spawnSync('sh', ['-c', 'command -v npm'], { encoding: 'utf8', env: environment });
  const found = stdout?.trim() && realpathSync(stdout.trim());
  if (!found || path.basename(found) !== 'npm-cli.js') {
    throw new SetupFailure('npm is not on the PATH.', 'install npm (it comes with Node) and run the command again.');
  }
  return found;
}
