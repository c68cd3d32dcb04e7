import { expect, it } from 'vitest';
import { close } from '../posix/posix.ts';
import {
  blockSignals,
  gettid,
  kill,
  readSignals,
  SIGRTMIN,
  SIGUSR2,
  signalfd,
  sigqueue,
  tgkill,
  unblockSignals,
} from './index.ts';

// Each thread has its own blocked signals. These signals go to the thread that runs the tests.
it('keeps one instance of a standard signal, and every queued signal with its number', () => {
  const signals = [SIGUSR2, SIGRTMIN];
  blockSignals(signals);
  const fd = signalfd(signals);
  const thread = gettid();
  for (let value = 1; value <= 5; value++) {
    tgkill(process.pid, thread, SIGUSR2);
    sigqueue(process.pid, thread, SIGRTMIN, value * 1000);
  }
  const taken = readSignals(fd);
  expect(taken.filter(({ signal }) => signal === SIGUSR2)).toHaveLength(1);
  const queued = taken.filter(({ signal }) => signal === SIGRTMIN);
  expect(queued.map(({ value }) => value)).toEqual([1000, 2000, 3000, 4000, 5000]);
  expect(new Set(taken.map(({ pid }) => pid))).toEqual(new Set([process.pid]));
  expect(readSignals(fd)).toEqual([]);
  unblockSignals(signals);
  close(fd);
});

it('checks by signal 0 whether a process exists', () => {
  kill(process.pid, 0);
  expect(() => kill(0x3fff_ffff, 0)).toThrow(
    expect.objectContaining({ name: 'PosixError', call: 'kill', code: 'ESRCH' }),
  );
});
