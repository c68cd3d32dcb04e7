import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import type { Shell } from '../shell/shell.ts';
import { mostAwaited, whenPainted } from './painted.ts';

const emitter = () => new EventEmitter() as Shell;

test('resolves only when the shell has drawn this thing for this process', async () => {
  const shell = emitter();
  const shown = whenPainted(shell, 'notice', 7);
  let isShown = false;
  void shown.then(() => {
    isShown = true;
  });
  shell.emit('painted', { what: 'hang', pid: 7 });
  shell.emit('painted', { what: 'notice', pid: 8 });
  await Promise.resolve();
  expect(isShown).toBe(false);
  shell.emit('painted', { what: 'notice', pid: 7 });
  expect(await shown).toBeLessThanOrEqual(performance.now());
});

test('waiting for drawings that never come adds no listeners', async () => {
  const shell = emitter();
  for (let pid = 0; pid < 3 * mostAwaited; pid++) void whenPainted(shell, 'sad-tab', pid);
  expect(shell.listenerCount('painted')).toBe(1);
  const newest = whenPainted(shell, 'sad-tab', 1);
  shell.emit('painted', { what: 'sad-tab', pid: 1 });
  expect(await newest).toBeGreaterThan(0);
});
