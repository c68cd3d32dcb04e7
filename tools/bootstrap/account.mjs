import { spawnSync } from 'node:child_process';
import { chownSync, mkdirSync, statSync } from 'node:fs';
import { SetupFailure, systemErrorCode } from './failure.mjs';
import { say } from './log.mjs';

/**
 * The ordinary user that everything of the browser runs as when the command was given by root: Chromium does not run as
 * root with its sandbox, and its sandbox is never switched off.
 * @typedef {{ name: string, uid: number, gid: number, home: string }} Account
 */

const NAME = 'bulkhead';
const HOME = '/var/lib/bulkhead';

/** Whether this is root, on Linux: elsewhere nobody changes to another user. */
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
 * The account with its home folder, made when it is missing. Only root may call this.
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
    account = findAccount(NAME); // looked up whatever useradd said: another set-up may have been first
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
      `The home ${account.home} of the user "${account.name}", whom the browser runs as, cannot be made (${systemErrorCode(error)}).`,
      ['make it by hand, or run the command as an ordinary user:', `install -d -o ${account.name} ${account.home}`],
      { cause: error },
    );
  }
}

/**
 * Whether the account can read every one of these files, found out by trying as that user.
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
