import { once } from 'node:events';
import type { Readable } from 'node:stream';
import type { Account } from '../bootstrap/account.mjs';
import { SetupFailure } from '../bootstrap/failure.mjs';
import { start } from './child.ts';

const SCREEN = '1600x1000x24';

/** A virtual display. `end` returns when it is gone, its lock file included. */
export interface VirtualDisplay {
  readonly name: string;
  end(): Promise<void>;
}

export function hasDisplay(environment = process.env): boolean {
  return Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY);
}

/**
 * Starts an Xvfb that picks a free number itself and takes no connection from the network. It runs as the account, and
 * ends with this process whatever ends it: the kernel then sends it SIGTERM, on which it removes its lock file.
 */
export async function startVirtualDisplay(account: Account | undefined): Promise<VirtualDisplay> {
  const identity = account ? [`--reuid=${account.uid}`, `--regid=${account.gid}`, '--init-groups'] : [];
  const server = ['Xvfb', '-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp'];
  const child = start('setpriv', [...identity, '--pdeathsig', 'TERM', '--', ...server], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    detached: true, // an interrupt from the terminal reaches the application first
  });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const number = await new Promise<string | undefined>((resolve, reject) => {
    (child.stdio[3] as Readable).setEncoding('utf8').once('data', (text: string) => resolve(text.trim()));
    child.once('error', reject).once('exit', () => resolve(undefined));
  });
  if (!number) {
    throw new SetupFailure(
      `The virtual display (Xvfb) does not start: ${said.trim()}`,
      'set DISPLAY to a display that runs.',
    );
  }
  return {
    name: `:${number}`,
    async end() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
