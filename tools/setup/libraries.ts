import { spawnSync } from 'node:child_process';
import { isRoot } from '../bootstrap/account.mjs';
import { SetupFailure } from '../bootstrap/failure.mjs';
import { say } from '../bootstrap/log.mjs';
import { installCommand, installPackages } from './apt.ts';
import { isDebian, KOREAN_FONT, LIBRARIES, missingPackages, type SystemPackage, VIRTUAL_DISPLAY } from './packages.ts';
import { damaged, type Runtime } from './runtime.ts';

/**
 * Installs the system packages that Electron needs, as root. For other users it throws the command that installs them.
 * @param needsVirtualDisplay there is no display for a window
 */
export async function ensureSystemPackages(needsVirtualDisplay: boolean): Promise<void> {
  if (!isDebian()) return; // ensureLibraries names missing libraries there
  const needed = missingPackages(needsVirtualDisplay ? [...LIBRARIES, VIRTUAL_DISPLAY] : LIBRARIES);
  const font = hasKoreanFont() ? [] : [KOREAN_FONT];
  if (isRoot()) {
    const packages = [...needed, ...font];
    if (packages.length > 0) await installPackages(packages);
    return;
  }
  if (needed.length > 0) throw missing(needed);
  if (font.length > 0) say(`no font here shows Korean text; this installs one: ${installCommand(font)}`);
}

function missing(packages: SystemPackage[]): SetupFailure {
  return new SetupFailure(`System libraries are missing: ${packages.map((each) => each.names[0]).join(', ')}.`, [
    'install them with this command, then run yours again:',
    installCommand(packages),
  ]);
}

function hasKoreanFont(): boolean {
  const { status, stdout } = spawnSync('fc-list', [':lang=ko', 'family'], { encoding: 'utf8' });
  return status === 0 && stdout.trim() !== '';
}

/** Library that belongs to Electron. */
const OWN_LIBRARY = 'libffmpeg.so';

/**
 * Checks Electron's libraries with the dynamic linker, on any distribution.
 * @throws SetupFailure that names the missing libraries
 */
export function ensureLibraries(runtime: Runtime): void {
  const { stdout } = spawnSync('ldd', [runtime.executable], { encoding: 'utf8' });
  const names = [...(stdout ?? '').matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1]);
  if (names.length === 0) return;
  if (names.includes(OWN_LIBRARY)) throw damaged(runtime, `lacks its own ${OWN_LIBRARY}`);
  throw new SetupFailure(`The runtime ${runtime.executable} lacks system libraries: ${names.join(', ')}.`, [
    'install the packages of your distribution with these files, then run the command again.',
  ]);
}
