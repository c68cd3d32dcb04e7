import { expect, test } from 'vitest';
import type { Guarded } from './process-guard-cells.ts';
import { StoppedProcesses } from './stopped-processes.ts';

function looking(victim: Guarded | 'renderer') {
  const stopped = new StoppedProcesses();
  let at = 0;
  return (state: string) => {
    at += 500;
    return stopped.look({ pid: 7, victim, state }, at);
  };
}

test('a process stopped at two samples is continued; one that rests, works or is debugged is left alone', () => {
  const look = looking('network');
  for (const state of ['S', 'R', 'D', 't', 't', 't', 'T', 'S', 'T', 'R']) expect(look(state)).toBeUndefined();
  expect(look('T')).toBeUndefined();
  expect(look('T')).toEqual({ do: 'continue', stoppedMs: 500 });
  expect(look('S')).toBeUndefined();
});

test.each(['gpu', 'network', 'shell', 'watchdog'] as const)('a %s that is stopped again is ended at once', (victim) => {
  const look = looking(victim);
  look('T');
  expect(look('T')?.do).toBe('continue');
  look('S');
  expect(look('T')).toEqual({ do: 'end' });
});

test.each(['zygote', 'renderer'] as const)('a %s that is stopped again is continued at once, each time', (victim) => {
  const look = looking(victim);
  look('T');
  for (let time = 0; time < 5; time++) expect(look('T')?.do).toBe('continue');
});

test('a stop long after the last one counts as the first', () => {
  const look = looking('gpu');
  look('T');
  look('T');
  for (let quiet = 0; quiet < 10; quiet++) look('S');
  expect(look('T')).toBeUndefined();
  expect(look('T')?.do).toBe('continue');
});
