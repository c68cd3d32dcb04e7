import { afterEach, expect, test, vi } from 'vitest';
import { endProcess } from './end-process.ts';

afterEach(() => void vi.restoreAllMocks());

function refuseWith(code: string): void {
  vi.spyOn(process, 'kill').mockImplementation(() => {
    throw Object.assign(new Error(`kill ${code}`), { code });
  });
}

test.each(['ESRCH', 'EPERM', 'ENOSYS'])('a signal that cannot be sent (%s) is not an error', (code) => {
  refuseWith(code);
  expect(endProcess(7, 'SIGCONT')).toBe(false);
});

test('an unknown signal is an error', () => {
  refuseWith('EINVAL');
  expect(() => endProcess(7, 'SIGCONT')).toThrow('EINVAL');
});

test.each([0, -1])('%d is never signalled, because it means a group of processes', (pid) => {
  const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
  expect(() => endProcess(pid, 'SIGKILL')).toThrow(RangeError);
  expect(kill).not.toHaveBeenCalled();
});
