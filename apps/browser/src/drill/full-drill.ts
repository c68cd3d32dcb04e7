import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runtimeVersions } from '../runtime/runtime-versions.ts';
import type { FullDrillResult } from './drill-result.ts';
import type { DrillTarget } from './drill-target.ts';
import { gapRatio, gapVerdict } from './gaps.ts';
import { Matrix } from './matrix.ts';
import { toMarkdown } from './matrix-markdown.ts';
import { describeProcesses } from './processes-before.ts';
import { captureWindow } from './screenshot.ts';

const witnesses = 5;
const beats = 5;

/** Runs the whole matrix. Writes `result.json`, `result.md` and `screenshot.png` into `outputFolder`. */
export async function runFullDrill(target: DrillTarget, outputFolder: string): Promise<FullDrillResult> {
  await mkdir(outputFolder, { recursive: true });
  const matrix = new Matrix(target);
  const processes = await describeProcesses(target.sampler);
  let photographed: Promise<void> | undefined;
  let told = 0;
  matrix.on('changed', ({ cells }) => {
    const done = cells.filter(({ state }) => state === 'passed' || state === 'failed');
    if (done.length === told) return;
    told = done.length;
    const { fault = '', state, failure, outcome } = done.at(-1) ?? {};
    process.stdout.write(`${told}/${cells.length} ${fault}: ${state} (${failure ?? outcome})\n`);
    photographed ??= captureWindow(target.window.base, path.join(outputFolder, 'screenshot.png'));
  });
  const run = await matrix.run({ faults: null, witnesses, beats, signal: new AbortController().signal });
  await photographed;
  const result: FullDrillResult = {
    ok: run.cells.every(({ state }) => state === 'passed' || state === 'unavailable'),
    runtime: runtimeVersions(),
    processes,
    baseline: run.baseline,
    faults: run.cells.map(({ pid, victim, noticedMs, witnesses: survivors, ...cell }) => ({
      ...cell,
      victim: { type: victim, pid },
      detectedMs: noticedMs,
      survivors,
      gapRatio: gapRatio(survivors, run.baseline),
    })),
    gapVerdict: gapVerdict(run),
  };
  await writeFile(path.join(outputFolder, 'result.json'), `${JSON.stringify(result, null, 2)}\n`);
  await writeFile(path.join(outputFolder, 'result.md'), toMarkdown(run));
  return result;
}
