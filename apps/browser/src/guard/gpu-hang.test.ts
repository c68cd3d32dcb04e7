import { expect, test } from 'vitest';
import { GpuHang, type Look } from './gpu-hang.ts';

const second = (at: number, look: Partial<Look> = {}) =>
  [{ state: 'S', startTicks: 7, cpuTicks: 0, ...look }, at * 1000] as const;

test('a process that rests, works, or is busy and answers does not hang', () => {
  const hang = new GpuHang();
  for (let at = 0; at < 20; at++) expect(hang.look(...second(at), 0)).toBe(false);
  for (let at = 20; at < 40; at++) expect(hang.look(...second(at, { cpuTicks: 80 * at }), 0)).toBe(false);
  for (let at = 40; at < 60; at++) {
    expect(hang.look(...second(at, { state: 'R', cpuTicks: 100 * at }), at)).toBe(false);
  }
  expect(hang.busy).toBe(true);
});

test('a stopped process hangs after three seconds, unless it continues in between', () => {
  const hang = new GpuHang();
  const states = ['S', 'T', 'T', 'S', 'T', 'T', 'T'];
  const hung = states.map((state, at) => hang.look(...second(at, { state }), 0));
  expect(hung).toEqual([false, false, false, false, false, false, true]);
});

test('a busy process hangs when it has not answered for three seconds', () => {
  const hang = new GpuHang();
  const busy = (at: number, answers: number) => hang.look(...second(at, { state: 'R', cpuTicks: 100 * at }), answers);
  expect([busy(0, 1), busy(1, 2), busy(2, 2), busy(3, 2), busy(4, 2)]).toEqual([false, false, false, false, true]);
});

test('another process with the same PID starts from the beginning', () => {
  const hang = new GpuHang();
  hang.look(...second(0, { state: 'T' }), 0);
  hang.look(...second(2, { state: 'T' }), 0);
  expect(hang.look(...second(9, { state: 'S', startTicks: 8, cpuTicks: 5000 }), 0)).toBe(false);
});
