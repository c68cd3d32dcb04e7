import { spawnSync } from 'node:child_process';

/** A library or program that a Debian or Ubuntu package brings: the first name that exists is taken. */
export interface SystemPackage {
  /** Newer releases have renamed some: either will do. */
  readonly names: readonly [string, ...string[]];
  readonly why: string;
}

/** What Electron loads, in part only while it runs, so that `ldd` does not show it. */
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

/** Those of which no name is installed, by what dpkg says. */
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

/** The names that this release of the distribution knows the packages by. */
export function namesHere(packages: readonly SystemPackage[]): string[] {
  const all = packages.flatMap((each) => each.names);
  const { stdout } = spawnSync('apt-cache', ['policy', ...all], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  // A name that was only kept as an alias has no version of its own, and apt-get does not install it.
  const stanzas = stdout.matchAll(/^(\S+):\n {2}Installed: .*\n {2}Candidate: (?!\(none\))/gm);
  const known = new Set([...stanzas].map((stanza) => stanza[1]));
  return packages.map(({ names }) => [...names].reverse().find((name) => known.has(name)) ?? names[0]);
}

function succeeds(command: string, args: string[]): boolean {
  return spawnSync(command, args).status === 0;
}
