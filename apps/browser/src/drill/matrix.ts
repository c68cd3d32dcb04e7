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

/** Memory limit of a tab while faults are caused on purpose, KiB: enough for the witnesses, and quickly filled. */
export const lentKiB = 384 * 1024;

const baselineMs = 4000;

export interface MatrixOptions {
  /** Cells to run, null for all. The others stay `not-run`. */
  faults: readonly Fault[] | null;
  witnesses: number;
  /** Least number of heartbeats of each observation. */
  beats: number;
  signal: AbortSignal;
  /** Called when the witnesses are open, before the first fault. */
  onOpen?: () => Promise<void>;
  /** Called while the sad tab of a victim is on the screen. */
  onShown?: () => Promise<void>;
  /** The run to continue: its other cells stay as they are. Default: a new run. */
  from?: MatrixRun | undefined;
}

/** Returns the ID of a run, which also names its files. */
export const runId = (startedAt: number) => new Date(startedAt).toISOString().replaceAll(/[:.]/g, '-');

/** Runs cells of the matrix of faults and victims one after the other, on tabs of its own. */
export class Matrix extends EventEmitter<{ changed: [MatrixRun] }> {
  readonly #target: DrillTarget;

  constructor(target: DrillTarget) {
    super();
    this.#target = target;
  }

  /** Runs the cells. After each, activates the tab that was active before: there the user reads the results. */
  async run({
    faults,
    witnesses: count,
    beats,
    signal,
    onOpen,
    onShown,
    from = this.#empty(),
  }: MatrixOptions): Promise<MatrixRun> {
    const { strip, memoryLimit, crashReports, window } = this.#target;
    // Bulkhead ends with its window, and contents that are created meanwhile crash it.
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
      await onOpen?.();
      // This takes as long as the observation of most faults: a longer observation finds longer gaps.
      const before = await this.#observeNothing(witnesses);
      tell({ baseline: [...from.baseline, ...before] });
      for (const { fault, state } of run.cells) {
        if (isOver()) break;
        if (state === 'unavailable' || (faults && !faults.includes(fault))) continue;
        tell({ cells: replace(run.cells, { ...emptyCell(fault), state: 'running' }) });
        await this.#replaceClosed(witnesses, pages, beats);
        tell({ cells: replace(run.cells, await runCell(this.#target, pages, fault, { witnesses, onShown })) });
        if (home && strip.tabs.includes(home)) strip.activate(home);
      }
      // Measure the baseline again at the end: the other load of the machine changes over time.
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
    return (await observing(witnesses, () => sleep(baselineMs))).readings;
  }

  /** Replaces witnesses whose tabs the user has closed during the run. */
  async #replaceClosed(witnesses: Witness[], pages: DrillPages, beats: number): Promise<void> {
    for (const [index, { tab }] of witnesses.entries()) {
      if (this.#target.strip.tabs.includes(tab)) continue;
      witnesses[index] = await this.#openWitness(pages, index + 1, beats);
    }
  }

  async #openWitness(pages: DrillPages, number: number, beats: number): Promise<Witness> {
    const { strip } = this.#target;
    // Open it as the active tab: a page that was never shown paints no frames for the plugin.
    const witness = new Witness(strip.open(pages.witness(number), { ofDrill: true }), beats);
    await witness.prepare();
    return witness;
  }
}

const replace = (cells: readonly MatrixCell[], cell: MatrixCell) =>
  cells.map((each) => (each.fault === cell.fault ? cell : each));
