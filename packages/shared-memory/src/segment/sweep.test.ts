import { closeSync, openSync, unlinkSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ownIdentity, pidNamespace } from '../posix/process-identity.ts';
import { namesOf } from '../testing/leftovers.ts';
import { PeerProcess } from '../testing/peer-process.ts';
import { namePrefix } from './backing.ts';
import { sweep } from './sweep.ts';

it('removes the objects of a killed process, and none of a live one', async () => {
  await using dead = new PeerProcess('named-owner.ts');
  await using alive = new PeerProcess('named-owner.ts');
  await Promise.all([dead.receive(), alive.receive()]);
  await dead.kill();
  const [left] = namesOf(dead.pid);
  expect(left).toBeDefined();
  expect(sweep()).toContain(left);
  expect(namesOf(dead.pid)).toEqual([]);
  expect(namesOf(alive.pid)).toHaveLength(1);
  await alive.kill();
  sweep();
  expect(namesOf(alive.pid)).toEqual([]);
});

it('detects a reused PID by its start time', () => {
  const { pid, startTime } = ownIdentity();
  const nameAt = (time: number): string => `${namePrefix}${pid}-${time}-${pidNamespace()}-test`;
  const [alive, dead] = [nameAt(startTime), nameAt(startTime - 1)];
  const names = [alive, dead, `sem.${dead}`];
  for (const name of names) closeSync(openSync(`/dev/shm/${name}`, 'w'));
  expect(new Set(sweep().filter((name) => names.includes(name)))).toEqual(new Set([dead, `sem.${dead}`]));
  unlinkSync(`/dev/shm/${alive}`);
});

it('leaves other names and names of another PID namespace alone', () => {
  const names = ['test-bulkhead-1-1-1-x', `${namePrefix}${process.pid}-1-1-other-namespace`];
  for (const name of names) closeSync(openSync(`/dev/shm/${name}`, 'w'));
  const swept = sweep();
  for (const name of names) {
    expect(swept).not.toContain(name);
    unlinkSync(`/dev/shm/${name}`);
  }
});
