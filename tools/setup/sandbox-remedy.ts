import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { SetupFailure } from '../bootstrap/failure.mjs';
import type { Runtime } from './runtime.ts';

/** Reads a setting of the kernel by its name; undefined if this kernel does not have it. */
export type ReadSetting = (name: string) => string | undefined;

export function readSetting(name: string): string | undefined {
  const file = path.join('/proc/sys', name.replaceAll('.', '/'));
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}

/** Explains from the kernel's settings why Electron has no sandbox here, and how to enable it. */
export function explainNoSandbox(runtime: Runtime, setting: ReadSetting = readSetting): SetupFailure {
  const { why, remedy } = reason(runtime, setting);
  return new SetupFailure(`The sandbox is not available: ${why}. Bulkhead never runs without it.`, [
    ...remedy,
    'Or let the SUID helper build it, where namespaces must stay switched off:',
    `sudo chown root:root ${helper(runtime)} && sudo chmod 4755 ${helper(runtime)}`,
  ]);
}

function reason(runtime: Runtime, setting: ReadSetting): { why: string; remedy: string[] } {
  for (const [name, value] of SWITCHES) {
    if (setting(name) !== '0') continue;
    return {
      why: `user namespaces are switched off (${name} = 0)`,
      remedy: ['switch them on, now and for later starts:', ...setCommands(name, value)],
    };
  }
  if (setting('kernel.apparmor_restrict_unprivileged_userns') === '1') {
    return {
      why: 'AppArmor lets only programs that have a profile use user namespaces',
      remedy: ['give this runtime such a profile:', ...profileCommands(runtime)],
    };
  }
  const { stderr } = spawnSync('unshare', ['--user', 'true'], { encoding: 'utf8' });
  return {
    why: `the kernel refuses to make a user namespace (${stderr?.trim() || 'no reason given'})`,
    remedy: [
      'leave the chroot, in which there are none; or start the container with a seccomp profile that allows them:',
      'docker run --security-opt seccomp=unconfined …',
    ],
  };
}

/** Settings whose value 0 allows namespaces only to root, with the value to set instead. */
const SWITCHES = [
  ['user.max_user_namespaces', '15000'],
  ['kernel.unprivileged_userns_clone', '1'],
] as const;

function setCommands(name: string, value: string): string[] {
  const line = `${name}=${value}`;
  return [`sudo sysctl -w ${line}`, `echo ${line} | sudo tee /etc/sysctl.d/60-bulkhead.conf`];
}

function profileCommands({ executable }: Runtime): string[] {
  return [
    "sudo tee /etc/apparmor.d/bulkhead <<'END'",
    'abi <abi/4.0>,',
    'include <tunables/global>',
    `profile bulkhead "${executable}" flags=(unconfined) {`,
    '  userns,',
    '}',
    'END',
    'sudo apparmor_parser -r /etc/apparmor.d/bulkhead',
  ];
}

function helper(runtime: Runtime): string {
  return path.join(runtime.folder, 'chrome-sandbox');
}
