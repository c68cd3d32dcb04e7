import { expect, test, vi } from 'vitest';
import { type NewNotice, Notices } from './notices.ts';

const gpu: NewNotice = {
  victim: 'gpu',
  name: '',
  outcome: 'waiting',
  how: 'killed',
  signal: 'SIGKILL',
  exitCode: null,
  pid: 7,
};

test('a notice stays until it is dismissed, and every change is reported', () => {
  const notices = new Notices();
  const changed = vi.fn();
  notices.on('changed', changed);
  const id = notices.add(gpu);
  notices.update(id, { outcome: 'back', newPid: 8, downMs: 100 });
  expect(notices.all).toMatchObject([{ id, outcome: 'back', pid: 7, newPid: 8, downMs: 100, times: 1 }]);
  notices.dismiss(id);
  expect(notices.all).toEqual([]);
  expect(changed).toHaveBeenCalledTimes(3);
});

test('a new notice for the same victim replaces the earlier one, and is counted', () => {
  const notices = new Notices();
  notices.add(gpu);
  notices.add({ ...gpu, victim: 'plugin', name: 'frame-stats' });
  notices.add(gpu);
  expect(notices.all.map(({ victim, times }) => [victim, times])).toEqual([
    ['plugin', 1],
    ['gpu', 2],
  ]);
});

test('an offer can be followed while its notice exists', () => {
  const notices = new Notices();
  const follow = vi.fn();
  const id = notices.add({ ...gpu, offer: 'show-file' }, { follow });
  notices.follow(id);
  expect(follow).toHaveBeenCalledOnce();
  notices.add(gpu);
  notices.follow(id);
  expect(follow).toHaveBeenCalledOnce();
});
