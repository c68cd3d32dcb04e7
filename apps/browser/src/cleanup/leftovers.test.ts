import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { readStat } from '../processes/proc.ts';
import { strayProcesses } from './leftovers.ts';

const isAlive = async (pid: number) => !['Z', undefined].includes((await readStat(pid))?.state);

/** Starts a process of this executable whose parent has ended. Returns its PID. */
async function orphan(...args: string[]): Promise<number> {
  const command = '"$@" >/dev/null 2>&1 </dev/null & echo $!';
  const shell = spawn('sh', [
    '-c',
    command,
    'sh',
    process.execPath,
    '-e',
    'setInterval(() => {}, 1000)',
    '--',
    ...args,
  ]);
  const [output] = await once(shell.stdout, 'data');
  await once(shell, 'close');
  const pid = Number(String(output));
  await vi.waitFor(async () => expect((await readStat(pid))?.parentPid).not.toBe(shell.pid));
  return pid;
}

test.runIf(process.platform === 'linux')(
  'finds what a killed browser of this profile has left, and nothing else',
  async () => {
    const profile = await mkdtemp(path.join(tmpdir(), 'bulkhead-profile-'));
    const forProfile = `--user-data-dir=${profile}`;
    const ours = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', '--', '--type=utility', forProfile]);
    const others = [
      await orphan('--type=utility', `${forProfile}-2`),
      await orphan('--type=utility', `${forProfile} 2`),
      await orphan(forProfile),
    ];
    const left = [
      await orphan('--type=zygote', '--no-zygote-sandbox'),
      await orphan('--type=utility', forProfile),
      await orphan(`--type=gpu-process ${forProfile} --lang=en`),
    ];
    try {
      await vi.waitFor(async () => expect(new Set(await strayProcesses(profile))).toEqual(new Set(left)));
    } finally {
      for (const pid of [...left, ...others, ours.pid ?? 0]) process.kill(pid, 'SIGKILL');
      await rm(profile, { recursive: true });
    }
    await vi.waitFor(async () => expect(await Promise.all([...left, ...others].map(isAlive))).not.toContain(true));
    expect(await strayProcesses(profile)).toEqual([]);
  },
);
