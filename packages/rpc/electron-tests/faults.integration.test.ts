import { beforeAll, describe, expect, it } from 'vitest';
import { type Line, runScenario } from './launch.ts';

/** Number of runs of each random fault on each kind of process. */
const rounds = Number(process.env.BULKHEAD_FAULT_ROUNDS ?? 50);

let lines: Line[];
beforeAll(
  async () => {
    lines = await runScenario('faults', String(rounds));
  },
  300_000 + rounds * 10_000,
);

const faults = ['renderer', 'utility'].flatMap((kind) => [
  { fault: `SIGKILL to a ${kind} with calls in flight`, times: rounds },
  { fault: `SIGKILL to a ${kind} that calls`, times: 1 },
  { fault: `SIGKILL to a ${kind} that another calls`, times: 1 },
  { fault: `SIGKILL to a ${kind} whose port was never started`, times: 1 },
  { fault: `SIGSTOP and SIGCONT of a ${kind}`, times: 1 },
  { fault: `last words of a ${kind}`, times: 1 },
]);

describe('this end of a port', () => {
  it.each([...faults, { fault: 'SIGKILL to a utility process behind parentPort', times: 1 }])(
    'survives $fault, $times times',
    ({ fault, times }) => {
      const results = lines.filter(({ survived }) => survived === fault);
      const seed = lines.find((line) => line.seed !== undefined)?.seed;
      expect(
        results.map(({ error }) => error),
        `BULKHEAD_FAULT_SEED=${seed}`,
      ).toEqual(new Array(times).fill(null));
    },
  );
});
