import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault, MatrixCell, MatrixRun, WitnessReading } from '@bulkhead/contracts';
import { offers } from '../faults/catalogue.ts';
import { runtimeVersions } from '../runtime/runtime-versions.ts';
import { emptyCell, runCell } from './cell.ts';
import { type DrillPages, serveDrillPages } from './drill-pages.ts';
import type { DrillTarget } from './drill-target.ts';
import { joined } from './gaps.ts';
import { observing, Witness } from './witness.ts';

/** A tab's share of memory while the matrix runs, KiB: enough for the witnesses, and soon filled. */
const lentKiB = 384 * 1024;

const baselineMs = 4000;

export interface MatrixOptions {
  /** The cells to run; the others stay `not-run`. */
  faults: readonly Fault[] | null;
  witnesses: number;
  /** Heartbeats that every observation lasts for. */
  beats: number;
  signal: AbortSignal;
  /** The run to go on with: its other cells stay as they are. Default: a new one. */
  from?: MatrixRun | undefined;
}

/** Names a run for its files. */
export const runId = (startedAt: number) => new Date(startedAt).toISOString().replaceAll(/[:.]/g, '-');

/** Runs cells of the matrix of faults and victims on tabs of its own, one after the other. */
export class Matrix extends EventEmitter<{ changed: [MatrixRun] }> {
  readonly #target: DrillTarget;

  constructor(target: DrillTarget) {
    super();
    this.#target = target;
  }

  /** The tab that was active before is active again after each cell: that is where somebody looks at the results. */
  async run({ faults, witnesses: count, beats, signal, from = this.#empty() }: MatrixOptions): Promise<MatrixRun> {
    const { strip, memoryLimit, crashReports, window } = this.#target;
    // With its window the program ends, and contents that are made meanwhile crash it.
    const isOver = () => signal.aborted || window.base.isDestroyed();
    const home = strip.active;
    const pages = await serveDrillPages();
    const witnesses: Witness[] = [];
    let run: MatrixRun = { ...from, endedAt: null };
    const tell = (more: Partial<MatrixRun>) => {
      run = { ...run, ...more };
      this.emit('changed', run);
    };
    tell({});
    try {
      memoryLimit.lend(lentKiB);
      crashReports.matrixRuns = true;
      for (let number = 1; number <= count; number++) witnesses.push(await this.#openWitness(pages, number, beats));
      // As long as most faults are watched for: the longer one looks, the longer the longest gap.
      const before = await this.#observeNothing(witnesses);
      tell({ baseline: [...from.baseline, ...before] });
      for (const { fault, state } of run.cells) {
        if (isOver()) break;
        if (state === 'unavailable' || (faults && !faults.includes(fault))) continue;
        tell({ cells: replace(run.cells, { ...emptyCell(fault), state: 'running' }) });
        await this.#replaceClosed(witnesses, pages, beats);
        tell({ cells: replace(run.cells, await runCell(this.#target, pages, witnesses, fault)) });
        if (home && strip.tabs.includes(home)) strip.activate(home);
      }
      // Once more after a long time: what the machine does besides was not the same all along.
      if (!isOver() && !faults) {
        const whole = joined(before, await this.#observeNothing(witnesses));
        tell({ baseline: [...from.baseline, ...whole] });
      }
    } finally {
      memoryLimit.lend(null);
      crashReports.matrixRuns = false;
      for (const { tab } of witnesses) tab.close();
      pages.close();
      tell({ endedAt: Date.now() });
    }
    return run;
  }

  #empty(): MatrixRun {
    const startedAt = Date.now();
    return {
      id: runId(startedAt),
      startedAt,
      endedAt: null,
      runtime: runtimeVersions(),
      baseline: [],
      cells: offers().map(({ fault }) => emptyCell(fault)),
    };
  }

  async #observeNothing(witnesses: readonly Witness[]): Promise<WitnessReading[]> {
    return (await observing(witnesses, () => sleep(baselineMs))).survivors;
  }

  /** A person may close any tab while this runs, a witness too: another one comes in its place. */
  async #replaceClosed(witnesses: Witness[], pages: DrillPages, beats: number): Promise<void> {
    for (const [index, { tab }] of witnesses.entries()) {
      if (this.#target.strip.tabs.includes(tab)) continue;
      witnesses[index] = await this.#openWitness(pages, index + 1, beats);
    }
  }

  async #openWitness(pages: DrillPages, number: number, beats: number): Promise<Witness> {
    const { strip } = this.#target;
    // A page that was never shown paints no frame, and the plugin has nothing to read of it.
    const witness = new Witness(strip.open(pages.witness(number), { ofDrill: true }), beats);
    await witness.prepare();
    return witness;
  }
}

const replace = (cells: readonly MatrixCell[], cell: MatrixCell) =>
  cells.map((each) => (each.fault === cell.fault ? cell : each));
