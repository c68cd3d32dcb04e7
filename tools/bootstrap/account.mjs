import { spawnSync } from 'node:child_process';
import { chownSync, mkdirSync, statSync } from 'node:fs';
import { SetupFailure, systemErrorCode } from './failure.mjs';
import { say } from './log.mjs';

/**
 * The ordinary user that runs the browser if root starts a command. Chromium does not run with its sandbox as root, and
 * Bulkhead never disables the sandbox.
 * @typedef {{ name: string, uid: number, gid: number, home: string }} Account
 */

const NAME = 'bulkhead';
const HOME = '/var/lib/bulkhead';

/** Returns true for root on Linux. On other systems Bulkhead never changes the user. */
export function isRoot() {
  return process.platform === 'linux' && process.getuid?.() === 0;
}

/**
 * @param {string} name
 * @returns {Account | undefined}
 */
export function findAccount(name) {
  const { status, stdout } = spawnSync('getent', ['passwd', name], { encoding: 'utf8' });
  const fields = status === 0 ? stdout.trim().split(':') : [];
  const [account, , uid, gid, , home] = fields;
  if (!account || !home) return undefined;
  return { name: account, uid: Number(uid), gid: Number(gid), home };
}

/**
 * Returns the account with its home folder, and makes them if they are missing. Only root may call this.
 * @returns {Account}
 */
export function ensureAccount() {
  let account = findAccount(NAME);
  if (!account) {
    say(`creating the system user "${NAME}" (home ${HOME}): the browser never runs as root`);
    const made = spawnSync(
      'useradd',
      ['--system', '--user-group', '--home-dir', HOME, '--shell', '/usr/sbin/nologin', NAME],
      { encoding: 'utf8' },
    );
    account = findAccount(NAME); // even if useradd failed: another set-up may have made the account
    if (!account) {
      throw new SetupFailure(
        `The system user "${NAME}" cannot be created: ${(made.error?.message ?? made.stderr).trim()}`,
        [`create it by hand, or run the command as an ordinary user:`, `useradd --system --home-dir ${HOME} ${NAME}`],
      );
    }
  }
  ensureHome(account);
  return account;
}

/** @param {Account} account */
export function ensureHome(account) {
  try {
    mkdirSync(account.home, { recursive: true, mode: 0o755 });
    if (statSync(account.home).uid !== account.uid) chownSync(account.home, account.uid, account.gid);
  } catch (error) {
    throw new SetupFailure(
      `The home ${account.home} of the user "${account.name}", which runs the browser, cannot be made (${systemErrorCode(error)}).`,
      ['make it by hand, or run the command as an ordinary user:', `install -d -o ${account.name} ${account.home}`],
      { cause: error },
    );
  }
}

/**
 * Returns true if the account can read all these files. Tries it as that user.
 * @param {Account} account
 * @param {string[]} files absolute paths
 */
export function canRead(account, files) {
  const script = 'for file; do [ -r "$file" ] || exit 255; done';
  const { status } = spawnSync('xargs', ['-0', 'sh', '-c', script, 'sh'], {
    input: files.join('\0'),
    uid: account.uid,
    gid: account.gid,
    cwd: '/',
  });
  return status === 0;
}
