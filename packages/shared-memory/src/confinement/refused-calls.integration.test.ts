import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, expect, test } from 'vitest';
import { RefusedCalls } from './refused-calls.ts';
import { mayTakeDescriptors, takeListener } from './take-descriptor.ts';

const isLinux = process.platform === 'linux';
const children: ChildProcess[] = [];
const nobody = () => undefined;
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** Starts a locked-down process whose refused calls `refused` answers. */
async function lockedDown() {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'refused-process.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, UV_USE_IO_URING: '0' },
  });
  children.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const tell = (line: string) => child.stdin.write(`${line}\n`);
  const hear = async () => JSON.parse(String((await lines.next()).value));
  const pid = child.pid ?? 0;
  expect(mayTakeDescriptors(pid)).toBe(true);
  expect(await hear()).toBe('here');
  tell('lock down');
  const { listener } = await hear();
  // Another descriptor of the process is not accepted as the listener.
  expect(takeListener(pid, 0)).toBeUndefined();
  const fd = takeListener(pid, listener);
  if (fd === undefined) throw new Error('there is no listener');
  return { child, tell, hear, refused: new RefusedCalls(fd) };
}

/** Answers until `until` resolves. */
async function answering<Result>(refused: RefusedCalls, until: Promise<Result>) {
  const numbers: number[] = [];
  let isThere = false;
  void until.finally(() => {
    isThere = true;
  });
  while (!isThere) {
    refused.answer(1, 20, (number) => numbers.push(number));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return { numbers, result: await until };
}

const [openat, socket, kill, tomorrow] = process.arch === 'x64' ? [257, 41, 62, 999] : [56, 198, 129, 999];

test.skipIf(!isLinux)('each refused call is counted once, and gets the same answer as without a listener', async () => {
  const { tell, hear, refused, child } = await lockedDown();
  tell('prove');
  const proof = await answering(refused, hear());
  expect(proof.result).toMatchObject({ seccomp: true, landlock: expect.any(Number) });
  // The calls that the process tries in `prove` are among them.
  expect(proof.numbers).toEqual(expect.arrayContaining([openat, socket, kill]));
  for (const [number, answer] of [
    [openat, -1],
    [socket, -1],
    [tomorrow, -38],
  ]) {
    tell(JSON.stringify({ number, times: 50 }));
    const { numbers, result } = await answering(refused, hear());
    expect({ numbers, result }).toEqual({ numbers: Array(50).fill(number), result: { answer } });
  }
  const ended = new Promise((resolve) => child.once('exit', resolve));
  tell('end');
  await answering(refused, ended);
  await expect.poll(() => refused.answer(1, 20, nobody)).toBe(false);
  refused.close();
});

test.skipIf(!isLinux)('a call waits until it is answered, and is refused once the listener is closed', async () => {
  const { tell, hear, refused } = await lockedDown();
  tell('prove');
  await answering(refused, hear());
  tell(JSON.stringify({ number: openat, times: 3 }));
  const heard = hear();
  const isHeard = await Promise.race([heard, new Promise((resolve) => setTimeout(() => resolve('nothing'), 200))]);
  expect(isHeard).toBe('nothing');
  refused.close();
  expect(await heard).toEqual({ answer: -38 });
  expect(refused.answer(1, 20, nobody)).toBe(false);
});

test.skipIf(!isLinux)('a process that is killed in a call leaves nothing to answer', async () => {
  const { tell, hear, refused, child } = await lockedDown();
  tell('prove');
  await answering(refused, hear());
  tell(JSON.stringify({ number: openat, times: 1 }));
  await new Promise((resolve) => setTimeout(resolve, 100));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
  await expect.poll(() => refused.answer(1, 20, nobody)).toBe(false);
  refused.close();
});
