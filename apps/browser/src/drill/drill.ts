import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { DrillResult, Fault, ProcessEntry } from '@bulkhead/contracts';
import { runtimeVersions } from '../runtime/runtime-versions.ts';
import type { DrillTarget } from './drill-target.ts';
import { gapRatio, gapVerdict } from './gaps.ts';
import { Matrix } from './matrix.ts';
import { toMarkdown } from './matrix-markdown.ts';
import { captureWindow } from './screenshot.ts';
import { within } from './until.ts';

const witnesses = 5;
/** Least number of heartbeats of each observation, so that a short observation cannot look good. */
const beats = 5;

/** Faults of the short drill: three ways to end a tab, and the end of the plugin. */
const shortDrill: readonly Fault[] = ['tab-kill', 'tab-segmentation-fault', 'tab-terminate', 'plugin-kill'];

/**
 * Opens tabs with state, causes one fault after the other beside them, and measures who felt it. Writes `result.json`,
 * `result.md` and `screenshot.png` (the first sad tab) into `outputFolder`. `extent`: four faults, or all.
 */
export async function runDrill(
  target: DrillTarget,
  outputFolder: string,
  extent: 'short' | 'full',
): Promise<DrillResult> {
  await mkdir(outputFolder, { recursive: true });
  const matrix = new Matrix(target);
  let processes: readonly ProcessEntry[] = [];
  let photographed: Promise<void> | undefined;
  const photograph = () => {
    photographed ??= captureWindow(target.window.base, path.join(outputFolder, 'screenshot.png'));
    return photographed;
  };
  let told = 0;
  matrix.on('changed', ({ cells }) => {
    const done = cells.filter(({ state }) => state === 'passed' || state === 'failed');
    if (done.length === told) return;
    told = done.length;
    const { fault = '', state, failure, outcome } = done.at(-1) ?? {};
    process.stdout.write(`${told} ${fault}: ${state} (${failure ?? outcome})\n`);
  });
  const faults = extent === 'full' ? null : shortDrill;
  const run = await matrix.run({
    faults,
    witnesses,
    beats,
    signal: new AbortController().signal,
    onOpen: async () => {
      // By then the plugin is confined.
      await within('the plugin to analyze a frame', target.framePath.nextStatistics());
      ({ processes } = await target.sampler.sample());
    },
    onShown: photograph,
  });
  await photograph(); // if no tab has ended as it should
  const cells = run.cells.filter(({ fault }) => !faults || faults.includes(fault));
  const result: DrillResult = {
    ok: cells.every(({ state }) => state === 'passed' || state === 'unavailable'),
    runtime: runtimeVersions(),
    processes: [...processes],
    baseline: run.baseline,
    faults: cells.map((cell) => ({ ...cell, gapRatio: gapRatio(cell.witnesses, run.baseline) })),
    gapVerdict: gapVerdict({ ...run, cells }),
  };
  await writeFile(path.join(outputFolder, 'result.json'), `${JSON.stringify(result, null, 2)}\n`);
  await writeFile(path.join(outputFolder, 'result.md'), toMarkdown({ ...run, cells }));
  return result;
}
