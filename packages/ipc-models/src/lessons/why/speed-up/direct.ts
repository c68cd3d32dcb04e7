import { availableParallelism, cpus } from 'node:os';
import * as v from 'valibot';
import type { Cast, Director } from '../../../lab/index.ts';
import { resultOf } from '../../parts.ts';
import type { speedUp } from './lesson.ts';

const took = v.object({ startUs: v.number(), endUs: v.number(), cpuUs: v.number() });

interface Measured {
  /** Time from the first start to the last end. */
  readonly ms: number;
  readonly busyMs: number;
  readonly primes: number;
}

export const direct: Director<typeof speedUp> = async (stage) => {
  const { processes, repetitions } = stage.parameters;
  const workers = await Promise.all(
    Array.from({ length: processes }, (_, index) => stage.start('worker', `worker ${index + 1}`)),
  );
  for (const worker of workers) void resultOf(worker);
  await Promise.all(workers.map((worker) => worker.told('ready')));

  const rows: (string | number)[][] = [];
  /** Runs the whole count on some of the workers. */
  const measure = async (on: readonly Cast[]): Promise<Measured> => {
    const shares = on.map(async (worker, index) => {
      worker.tell('share', { index, processes: on.length });
      const primes = v.parse(v.number(), await worker.told('counted'));
      return { primes, ...v.parse(took, await worker.told('took')) };
    });
    const done = await Promise.all(shares);
    const ms = (Math.max(...done.map(({ endUs }) => endUs)) - Math.min(...done.map(({ startUs }) => startUs))) / 1000;
    const cpuMs = done.reduce((sum, { cpuUs }) => sum + cpuUs, 0) / 1000;
    rows.push([on.length, round(ms), round(cpuMs)]);
    const columns = ['column.processes', 'column.ms', 'column.cpuMs'];
    stage.figure('runs', { kind: 'table', columns, rows: [...rows] });
    // Processor time of the slowest worker. Any further time went to other programs.
    const busyMs = Math.max(...done.map(({ cpuUs }) => cpuUs)) / 1000;
    return { ms, busyMs, primes: done.reduce((sum, { primes }) => sum + primes, 0) };
  };
  const one: Measured[] = [];
  const several: Measured[] = [];
  const best = (runs: readonly Measured[]) => Math.min(...runs.map(({ ms }) => ms));
  const isDisturbed = () => best(several) > 1.3 * Math.min(...several.map(({ busyMs }) => busyMs));
  // In turn, so that a disturbance of the machine affects both; more rounds if other programs take the cores.
  for (let round = 0; round < repetitions || (round < 3 * repetitions && isDisturbed()); round++) {
    one.push(await measure(workers.slice(0, 1)));
    several.push(await measure(workers));
  }
  const ratio = best(one) / best(several);
  const cores = availableParallelism();
  const facts = {
    processes,
    cores,
    processor: cpus()[0]?.model.trim() || 'unknown processor',
    oneMs: round(best(one)),
    severalMs: round(best(several)),
    speedUp: Math.round(ratio * 100) / 100,
    primes: (one[0]?.primes ?? 0) + 1, // and the 2
  };
  const answer = ratio > 1.15 ? 'faster' : ratio < 0.87 ? 'slower' : 'same';
  const isSameResult = [...one, ...several].every(({ primes }) => primes + 1 === facts.primes);
  return { answer, held: isSameResult && (cores > 1 ? answer === 'faster' : answer !== 'faster'), facts };
};

const round = (ms: number) => Math.round(ms * 10) / 10;
