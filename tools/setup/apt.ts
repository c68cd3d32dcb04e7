import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { SetupFailure } from '../bootstrap/failure.mjs';
import { say } from '../bootstrap/log.mjs';
import { ended, start } from './child.ts';
import { namesHere, type SystemPackage } from './packages.ts';
import { Progress } from './progress.ts';

/** Returns the command for the user to install packages. */
export function installCommand(packages: readonly SystemPackage[]): string {
  return `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${namesHere(packages).join(' ')}`;
}

/** Installs packages as root, without questions. */
export async function installPackages(packages: readonly SystemPackage[]): Promise<void> {
  say(`installing system packages for ${packages.map((each) => each.why).join(', ')}`);
  await aptGet(['update']);
  const names = namesHere(packages); // after the update: a bare machine knows no packages before it
  say(`apt-get install ${names.join(' ')}`);
  await aptGet(['install', '-y', '--no-install-recommends', ...names]);
}

async function aptGet(args: string[]): Promise<void> {
  const progress = { dlstatus: new Progress('downloading'), pmstatus: new Progress('installing') };
  const child = start('apt-get', ['-q', '-o', 'APT::Status-Fd=3', '-o', 'DPkg::Lock::Timeout=120', ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  // The fourth descriptor has lines such as `pmstatus:xvfb:61.5:Unpacking xvfb`.
  createInterface({ input: child.stdio[3] as Readable }).on('line', (line) => {
    const [, kind, percent] = /^(dlstatus|pmstatus):[^:]*:([\d.]+):/.exec(line) ?? [];
    if (kind === 'dlstatus' || kind === 'pmstatus') progress[kind].update(Number(percent) / 100);
  });
  const { code } = await ended(child);
  progress.dlstatus.end();
  progress.pmstatus.end();
  if (code === 0) return;
  process.stderr.write(output.split('\n').slice(-15).join('\n'));
  throw new SetupFailure(`apt-get ${args[0]} failed (see above).`, [
    'check the network and the package sources, then run the command again, or install them by hand:',
    `apt-get ${args.join(' ')}`,
  ]);
}
