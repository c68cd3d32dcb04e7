// lesson-confinement.integration.test.ts runs this in its own process. It confines itself and reports what it can still
// do. Arguments: its needs, a folder that it keeps, a folder that it does not keep.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { systemCallName, systemCallNumber } from '../posix/system-call-names.ts';
import { confine } from './confine.ts';
import { deniedCalls } from './denied-calls.ts';
import type { ConfinementNeed } from './needs.ts';
import { systemCall } from './system-call.ts';

const [, , needs = '', own = '', other = ''] = process.argv;
const attempt = (what: () => unknown) => {
  try {
    what();
    return 'done';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
};
const arch = process.arch as 'x64' | 'arm64';
const call = (name: string, ...args: number[]) => systemCall(systemCallNumber(name, arch) ?? 0, ...args);
const [AF_UNIX, AF_INET, AF_NETLINK, SOCK_STREAM, SOCK_DGRAM] = [1, 2, 16, 1, 2];

const confinement = await confine(needs.split(',') as ConfinementNeed[], {
  own,
  program: path.join(import.meta.dirname, '../../../..'),
});
const report = {
  confinement,
  // Every denied call, with invalid arguments, so that none has an effect.
  denied: Object.fromEntries(
    Object.values(deniedCalls)
      .flat()
      .filter((name) => systemCallNumber(name, arch) !== null)
      .map((name) => [name, call(name, -1, -1, -1, -1, -1)]),
  ),
  named: systemCallName(systemCallNumber('openat', arch) ?? -1),
  program: attempt(() => {
    const { error } = spawnSync('/bin/true');
    if (error) throw error;
  }),
  ownFile: attempt(() => writeFileSync(path.join(own, 'file'), 'text')),
  otherFile: attempt(() => readFileSync(path.join(other, 'secret'))),
  newFile: attempt(() => writeFileSync(path.join(other, 'new'), 'text')),
  otherFolder: attempt(() => readdirSync(other)),
  systemFile: attempt(() => readFileSync('/etc/passwd')),
  sharedMemory: attempt(() => readdirSync('/dev/shm')),
  ownProcess: attempt(() => readFileSync('/proc/self/maps')),
  insideParent: attempt(() => readlinkSync(`/proc/${process.ppid}/exe`)),
  signalParent: attempt(() => process.kill(process.ppid, 0)),
  signalSelf: attempt(() => process.kill(process.pid, 0)),
  unixSocket: call('socket', AF_UNIX, SOCK_STREAM, 0) >= 0,
  tcp: call('socket', AF_INET, SOCK_STREAM, 0) >= 0,
  udp: call('socket', AF_INET, SOCK_DGRAM, 0) >= 0,
  netlink: call('socket', AF_NETLINK, SOCK_DGRAM, 0) >= 0,
  outlivesParent: call('prctl', 1, 0, 0, 0, 0),
};
process.stdout.write(JSON.stringify(report));
