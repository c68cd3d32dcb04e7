import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { type Account, findAccount, isRoot } from '../bootstrap/account.mjs';
import { checkout } from '../checkout.ts';

export interface CommandRun {
  readonly child: ChildProcess;
  /** Its output so far. */
  readonly said: { stdout: string; stderr: string };
  readonly ended: Promise<CommandEnd>;
  /** Resolves as soon as its stderr contains this text. Rejects if it ends without it. */
  says(text: string): Promise<void>;
}

export interface CommandEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  /** Added to an environment without npm's, Electron's and Bulkhead's variables. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Put before the command, to change the user, the namespaces and so on. */
  readonly prefix?: readonly string[];
  readonly cwd?: string;
}

/** Returns an ordinary user for commands: the account if root tests, otherwise the current user. */
export function asOrdinaryUser(): { prefix: string[]; uid: number } {
  const account: Account | undefined = isRoot() ? findAccount('bulkhead') : undefined;
  if (!account) return { prefix: [], uid: process.getuid?.() ?? 0 };
  const { uid, gid, home } = account;
  const change = ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--init-groups', '--'];
  return { prefix: [...change, 'env', `HOME=${home}`], uid };
}

/** Runs a command of tools/cli.ts as `npm` does. */
export function runTools(args: readonly string[], options: CommandOptions = {}): CommandRun {
  return runCommand([process.execPath, path.join(checkout, 'tools/cli.ts'), ...args], options);
}

export function runCommand(command: readonly string[], options: CommandOptions = {}): CommandRun {
  const [program = '', ...args] = [...(options.prefix ?? []), ...command];
  const child = spawn(program, args, {
    cwd: options.cwd ?? checkout,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...plainEnvironment(), ...options.environment },
  });
  onTestFinished(() => void child.kill('SIGKILL')); // in case it still runs after a failure
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.stderr += text;
  });
  const ended = new Promise<CommandEnd>((resolve, reject) => {
    child.once('error', reject).once('close', (code, signal) => resolve({ code, signal, ...said }));
  });
  const says = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => said.stderr.includes(text) && resolve();
      child.stderr.on('data', look);
      look();
      ended.then(() => reject(new Error(`ended without saying ${text}:\n${said.stderr}`)), reject);
    });
  return { child, said, ended, says };
}

function plainEnvironment(): NodeJS.ProcessEnv {
  const foreign = /^(npm_|INIT_CWD$|ELECTRON_|BULKHEAD_(?!RUN$)|VITEST|NODE_OPTIONS$)/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}
