import { type Fault, type MatrixCell, rowOf } from '@bulkhead/contracts';
import { whyUnavailable } from '../faults/catalogue.ts';
import type { Tab } from '../tabs/tab.ts';
import type { DrillPages } from './drill-pages.ts';
import type { DrillTarget } from './drill-target.ts';
import { type FaultOptions, runFault } from './run-fault.ts';
import { until } from './until.ts';
import { VictimApp } from './victim-app.ts';

export const emptyCell = (fault: Fault): MatrixCell => {
  const unavailable = whyUnavailable(fault);
  return {
    fault,
    victim: rowOf(fault).victim,
    state: unavailable === null ? 'not-run' : 'unavailable',
    unavailable,
    failure: null,
    pid: null,
    noticedMs: null,
    shownMs: null,
    recoveredMs: null,
    outcome: null,
    witnesses: [],
  };
};

/** Causes one fault on its own victim. Returns what happened to the victim and to the witnesses. Never rejects. */
export async function runCell(
  target: DrillTarget,
  pages: DrillPages,
  fault: Fault,
  { witnesses, onShown }: Omit<FaultOptions, 'victim'>,
): Promise<MatrixCell> {
  const cell = emptyCell(fault);
  let tab: Tab | undefined;
  let app: VictimApp | undefined;
  try {
    tab = cell.victim === 'tab' ? await openVictim(target, pages) : undefined;
    app = rowOf(fault).expects.by === 'program' ? await VictimApp.start(pages) : undefined;
    // Show a witness: its animation produces frames for the plugin.
    if (!tab && witnesses[0]) target.strip.activate(witnesses[0].tab);
    const run = await runFault(target, fault, { victim: tab ?? app, witnesses, onShown });
    const recoveredMs = app ? await app.comeBack(fault === 'zygote-kill') : run.course.recoveredMs;
    const state = run.harm === null ? 'passed' : 'failed';
    return { ...cell, ...run.course, recoveredMs, witnesses: run.witnesses, state, failure: run.harm };
  } catch (error) {
    const failure = (error instanceof Error ? error.message : String(error)).slice(0, 1024);
    return { ...cell, state: 'failed', failure };
  } finally {
    // Kill it first: a hanging tab does not close on request.
    tab?.kill();
    tab?.close();
    await app?.dispose();
  }
}

async function openVictim({ strip, memory }: DrillTarget, pages: DrillPages): Promise<Tab> {
  const tab = strip.open(pages.victim, { ofDrill: true });
  await until('the page of the victim to load', async () => {
    if (tab.pid === null || !tab.connection) return false;
    return (await tab.contents.executeJavaScript('globalThis.victim === true').catch(() => false)) === true;
  });
  await until('the memory of the victim to be measured', () => memory.usedKiB(tab.pid) !== null);
  return tab;
}
