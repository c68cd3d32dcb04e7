import { spawnSync } from 'node:child_process';

/** A Debian or Ubuntu package. */
export interface SystemPackage {
  /** Possible names, because newer releases have renamed some packages. */
  readonly names: readonly [string, ...string[]];
  readonly why: string;
}

/** Libraries that Electron loads. It loads some only at run time, so `ldd` does not show them. */
export const LIBRARIES: readonly SystemPackage[] = [
  { names: ['libgtk-3-0', 'libgtk-3-0t64'], why: 'the windows' },
  { names: ['libnss3'], why: 'certificates' },
  { names: ['libasound2', 'libasound2t64'], why: 'sound' },
  { names: ['libgbm1'], why: 'graphics buffers' },
  { names: ['libxss1'], why: 'the idle time of the session' },
];

export const VIRTUAL_DISPLAY: SystemPackage = { names: ['xvfb'], why: 'a virtual display' };
export const KOREAN_FONT: SystemPackage = { names: ['fonts-nanum'], why: 'Korean text' };

export function isDebian(): boolean {
  return succeeds('dpkg-query', ['--version']) && succeeds('apt-get', ['--version']);
}

/** Returns the packages without an installed name, according to dpkg. */
export function missingPackages(wanted: readonly SystemPackage[]): SystemPackage[] {
  const names = wanted.flatMap((each) => each.names);
  const { stdout } = spawnSync('dpkg-query', ['--status', ...names], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  const stanzas = stdout.matchAll(/^Package: (\S+)\nStatus: install ok installed$/gm);
  const installed = new Set([...stanzas].map((stanza) => stanza[1]));
  return wanted.filter((each) => !each.names.some((name) => installed.has(name)));
}

/** Returns the names of the packages in this release of the distribution. */
export function namesHere(packages: readonly SystemPackage[]): string[] {
  const all = packages.flatMap((each) => each.names);
  const { stdout } = spawnSync('apt-cache', ['policy', ...all], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  // A name that is only an alias has no version, and apt-get does not install it.
  const stanzas = stdout.matchAll(/^(\S+):\n {2}Installed: .*\n {2}Candidate: (?!\(none\))/gm);
  const known = new Set([...stanzas].map((stanza) => stanza[1]));
  return packages.map(({ names }) => [...names].reverse().find((name) => known.has(name)) ?? names[0]);
}

function succeeds(command: string, args: string[]): boolean {
  return spawnSync(command, args).status === 0;
}
