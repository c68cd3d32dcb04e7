import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findAccount, isRoot } from '../bootstrap/account.mjs';
import { type CommandEnd, runCommand } from '../testing/command.ts';
import { isRunning, runningProcesses } from '../testing/processes.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { launcherTexts } from './launcher.ts';

const account = isRoot() ? findAccount('bulkhead') : undefined;
const WITHOUT_DISPLAY = { DISPLAY: '', WAYLAND_DISPLAY: '' };
const WITH_DISPLAY = { DISPLAY: ':99' };

/** Makes launchers for a fake Electron that reports how it was started, and then waits if asked. */
function makeLaunchers() {
  const folder = temporaryFolder();
  const electron = path.join(folder, 'electron');
  writeFileSync(
    electron,
    '#!/bin/sh\necho "$$ $(id -u) $HOME $DISPLAY" >&2\nprintf "%s\\n" "$@"\n[ "$1" != wait ] || exec sleep 1000\n',
  );
  chmodSync(electron, 0o755);
  const texts = launcherTexts({ folder, executable: electron, version: '1.2.3', source: 'env' }, account);
  const write = (name: 'electron' | 'run') => {
    const file = path.join(folder, `launch-${name}`);
    writeFileSync(file, texts[name]);
    chmodSync(file, 0o755);
    return file;
  };
  return { electron: write('electron'), run: write('run') };
}

const launch = (args: readonly string[], environment: NodeJS.ProcessEnv = WITH_DISPLAY) =>
  runCommand([makeLaunchers().electron, ...args], { environment });
const argumentsOf = ({ stdout }: CommandEnd) => stdout.trimEnd().split('\n');

describe('the launcher', () => {
  it('drops only switches that would disable the sandbox', async () => {
    const switches = [
      '--no-sandbox',
      '--disable-setuid-sandbox',
      '--disable-gpu-sandbox',
      '--no-zygote',
      '--single-process',
    ];
    const kept = ['--inspect=0', '/app', '--profile-name=x', 'two words', "it's", '', '--', '--no-sandbox'];
    const end = await launch([...switches, ...kept]).ended;
    expect(end.stdout).toBe(`${kept.join('\n')}\n`);
  });

  it('becomes Electron: the started process is the browser process', async () => {
    const run = launch([]);
    const { stderr } = await run.ended;
    expect(stderr.split(' ')[0]).toBe(String(run.child.pid));
  });

  it.runIf(account)('changes root to the account', async () => {
    const { stderr } = await launch([]).ended;
    expect(stderr).toContain(` ${account?.uid} ${account?.home} `);
  });

  it.runIf(account)('accepts a profile folder that is missing or empty', async () => {
    const folder = temporaryFolder();
    const [fresh, empty] = [path.join(folder, 'a/b'), path.join(folder, 'c')];
    mkdirSync(empty, { mode: 0o700 });
    expect(argumentsOf(await launch(['--profile', fresh]).ended)).toEqual(['--profile', fresh]);
    expect(argumentsOf(await launch([`--profile=${empty}`]).ended)).toEqual([`--profile=${empty}`]);
    expect([statSync(fresh).uid, statSync(empty).uid]).toEqual([account?.uid, account?.uid]);
  });

  it.runIf(account)("refuses another user's profile", async () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'mine'), '');
    const { code, stdout, stderr } = await launch(['--profile', folder]).ended;
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(`cannot write the profile folder ${folder}`);
    expect(statSync(folder).uid).toBe(0);
  });
});

describe('a virtual display', () => {
  it('is started if there is no display, and ends when the browser process is killed', async () => {
    const run = launch(['wait'], WITHOUT_DISPLAY);
    await run.says('\n');
    const display = / :(\d+)\n/.exec(run.said.stderr)?.[1];
    const server = runningProcesses().find(({ status }) => status.parentPid === run.child.pid);
    expect(server?.words[0]).toBe('Xvfb');
    const socket = `/tmp/.X11-unix/X${display}`;
    expect(statSync(socket).isSocket()).toBe(true);

    run.child.kill('SIGKILL');
    await run.ended;
    await expect.poll(() => isRunning(server?.pid ?? 0)).toBe(false);
    expect(() => statSync(socket)).toThrow('ENOENT');
  });

  it('is not started if there is a display', async () => {
    const { stderr } = await launch([], { DISPLAY: ':42' }).ended;
    expect(stderr.trim().endsWith(' :42')).toBe(true);
  });
});

describe('a process started with BULKHEAD_END_WITH_PARENT', () => {
  it('ends when its parent is killed', async () => {
    const { run } = makeLaunchers();
    const environment = { ...WITH_DISPLAY, BULKHEAD_END_WITH_PARENT: '1' };
    const parent = runCommand(['sh', '-c', '"$0" sleep 1000 & echo "$!" >&2; wait', run], { environment });
    await parent.says('\n');
    const pid = Number(parent.said.stderr);
    await expect.poll(() => readFileSync(`/proc/${pid}/comm`, 'utf8')).toBe('sleep\n');
    parent.child.kill('SIGKILL');
    await expect.poll(() => isRunning(pid)).toBe(false);
  });
});
