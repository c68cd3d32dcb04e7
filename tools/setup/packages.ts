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

/** The name that this release of the distribution knows the package by. */
export function nameHere({ names }: SystemPackage): string {
  // A name that was only kept as an alias has no version of its own, and apt-get does not install it.
  return [...names].reverse().find((name) => hasCandidate(name)) ?? names[0];
}

function hasCandidate(name: string): boolean {
  const { stdout } = spawnSync('apt-cache', ['policy', name], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  return /Candidate: (?!\(none\))/.test(stdout ?? '');
}

function succeeds(command: string, args: string[]): boolean {
  return spawnSync(command, args).status === 0;
}
