import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readdirSync, unlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { closeOnExec } from '@bulkhead/shared-memory';
import { fcntl } from '@bulkhead/shared-memory/posix';
import { expect, it, vi } from 'vitest';
import { spawnAlone } from './spawn-alone.ts';

const F_SETFD = 2;

const here = JSON.stringify(new URL('./spawn-alone.ts', import.meta.url).pathname);

/**
 * Runs a script in a process of its own, so that a limit affects nothing else. Not as root, because some limits do not
 * apply to root. `start()` returns the result of an attempt to start a program.
 */
function runAlone(script: string): string[] {
  const code = `
    import { execFileSync } from 'node:child_process';
    import { closeSync, openSync } from 'node:fs';
    import { spawnAlone } from ${here};
    const start = () => spawnAlone('/bin/true', [], { stdio: ['pipe', 'ignore', 'pipe'] }).then(
      (child) => console.log('started', child.pid > 0),
      (error) => console.log(error.code),
    );
    const limit = (what) => execFileSync('prlimit', [what, '--pid', String(process.pid)]);
    process.on('uncaughtException', (error) => console.log('uncaught', error));
    await start();
    ${script}`;
  const node = [process.execPath, '--no-warnings', '--input-type=module', '-e', code];
  const nobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--'];
  const [program = '', ...args] = process.getuid?.() === 0 ? [...nobody, ...node] : node;
  const { stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  return `${stdout}${stderr}`.trim().split('\n');
}

it('starts a program without the descriptors of this process', async () => {
  const child = await spawnAlone('/bin/sh', ['-c', 'ls /proc/self/fd'], { stdio: ['ignore', 'pipe', 'ignore'] });
  let said = '';
  for await (const chunk of child.stdout ?? []) said += chunk;
  expect(said.trim().split('\n')).toEqual(['0', '1', '2', '3']); // the last one belongs to the reader
});

it('starts a program again that inherited a connection opened at the last moment', async () => {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { fd } = (server as unknown as { _handle: { fd: number } })._handle;
  const marks: number[] = [];
  const mark = () => {
    closeOnExec();
    marks.push(fd);
    if (marks.length === 1) fcntl(fd, F_SETFD, 0);
  };
  const child = await spawnAlone('/bin/sleep', ['600'], { stdio: 'ignore' }, mark);
  expect(marks).toHaveLength(2);
  // The dynamic loader opens libraries for a moment.
  await vi.waitFor(() => expect(readdirSync(`/proc/${child.pid}/fd`)).toEqual(['0', '1', '2']), 10_000);
  child.kill('SIGKILL');
  server.close();
  await Promise.all([once(child, 'exit'), once(server, 'close')]);
});

// Chromium opens such a file, deletes it, passes it on and closes it.
it.each([
  ['deleted, and closed meanwhile', { isDeleted: true, isClosed: true }],
  ['deleted', { isDeleted: true, isClosed: false }],
  ['not deleted yet', { isDeleted: false, isClosed: false }],
])('starts a program again that inherited a file opened at the last moment: %s', async (_name, file) => {
  const name = path.join(tmpdir(), `.org.chromium.Chromium.${process.pid}`);
  const fd = openSync(name, 'w');
  if (file.isDeleted) unlinkSync(name);
  let marks = 0;
  const mark = () => {
    closeOnExec();
    marks += 1;
    if (marks !== 1) return;
    fcntl(fd, F_SETFD, 0);
    // Runs after the fork, and before the child is looked at.
    if (file.isClosed) process.nextTick(() => closeSync(fd));
  };
  const child = await spawnAlone('/bin/sleep', ['600'], { stdio: 'ignore' }, mark);
  expect(marks).toBe(2);
  child.kill('SIGKILL');
  if (!file.isClosed) closeSync(fd);
  if (!file.isDeleted) unlinkSync(name);
  await once(child, 'exit');
});

it('rejects when there is no such program', async () => {
  await expect(spawnAlone('/no/such/program', [], {})).rejects.toMatchObject({ code: 'ENOENT' });
});

it('rejects while no descriptor is left, and works again when there are some', () => {
  const said = runAlone(`
    limit('--nofile=64:64');
    const held = [];
    try { for (;;) held.push(openSync('/dev/null')); } catch {}
    await start();
    for (const fd of held) closeSync(fd);
    await start();`);
  expect(said).toEqual(['started true', 'EMFILE', 'started true']);
});

it('rejects while the system refuses new processes', () => {
  expect(runAlone(`limit('--nproc=0:'); await start();`)).toEqual(['started true', 'EAGAIN']);
});

it('starts a program whatever the numbers of its own descriptors are', () => {
  const said = runAlone(`
    limit('--nofile=64:64');
    const held = Array.from({ length: 30 }, () => openSync('/dev/null'));
    for (const fd of held.slice(0, -1)) closeSync(fd);
    limit('--nofile=40:64');
    await start();`);
  expect(said).toEqual(['started true', 'started true']);
});
