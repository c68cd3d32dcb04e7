import { afterEach, expect, test, vi } from 'vitest';
import { endProcess } from './end-process.ts';

afterEach(() => void vi.restoreAllMocks());

function refuseWith(code: string): void {
  vi.spyOn(process, 'kill').mockImplementation(() => {
    throw Object.assign(new Error(`kill ${code}`), { code });
  });
}

test.each(['ESRCH', 'EPERM', 'ENOSYS'])('a process that cannot be signalled (%s) ends nobody else', (code) => {
  refuseWith(code);
  expect(endProcess(7, 'SIGCONT')).toBe(false);
});

test('a signal that does not exist is an error', () => {
  refuseWith('EINVAL');
  expect(() => endProcess(7, 'SIGCONT')).toThrow('EINVAL');
});

test.each([0, -1])('%d is never signalled: it is a group of processes', (pid) => {
  const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
  expect(() => endProcess(pid, 'SIGKILL')).toThrow(RangeError);
  expect(kill).not.toHaveBeenCalled();
});
