import { type Expectation, type Fault, type MatrixCell, rowOf, type WitnessReading } from '@bulkhead/contracts';
import { whyUnavailable } from '../faults/catalogue.ts';
import type { Tab } from '../tabs/tab.ts';
import { type Course, frameEnds, portCloses, programEnds, tabAsks, tabEnds, tabHangs, tabLives } from './cell-flows.ts';
import type { DrillPages } from './drill-pages.ts';
import { survived } from './drill-result.ts';
import type { DrillTarget } from './drill-target.ts';
import { pluginEnds, pluginIsRefused, pluginLives, serviceEnds, shellEnds } from './service-flows.ts';
import { until } from './until.ts';
import { VictimApp } from './victim-app.ts';
import { observing, type Witness } from './witness.ts';

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
  witnesses: readonly Witness[],
  fault: Fault,
): Promise<MatrixCell> {
  const cell = emptyCell(fault);
  let witnessed: WitnessReading[] = [];
  let victim: Tab | undefined;
  let app: VictimApp | undefined;
  try {
    const expectation = rowOf(fault).expects;
    victim = cell.victim === 'tab' ? await openVictim(target, pages) : undefined;
    app = expectation.by === 'program' ? await VictimApp.start(pages) : undefined;
    // Show a witness: its animation produces frames for the plugin.
    if (!victim && witnesses[0]) target.strip.activate(witnesses[0].tab);
    const { value, survivors } = await observing(witnesses, () => run(target, fault, cell, expectation, victim ?? app));
    witnessed = survivors;
    if (app) value.recoveredMs = await app.comeBack(fault === 'zygote-kill');
    const hurt = survivors.filter((reading) => !survived(reading)).length;
    const failure = hurt > 0 ? `${hurt} of ${survivors.length} witnesses were hurt` : null;
    return { ...cell, ...value, witnesses: survivors, state: failure === null ? 'passed' : 'failed', failure };
  } catch (error) {
    const failure = (error instanceof Error ? error.message : String(error)).slice(0, 1024);
    return { ...cell, witnesses: witnessed, state: 'failed', failure };
  } finally {
    // Kill it first: a hanging tab does not close on request.
    victim?.kill();
    victim?.close();
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

function run(
  target: DrillTarget,
  fault: Fault,
  { victim: kind }: MatrixCell,
  expectation: Expectation,
  victim: Tab | VictimApp | undefined,
): Promise<Course> {
  if (victim instanceof VictimApp) return runOnProgram(fault, victim, expectation);
  if (victim) return runOnTab(target, fault, victim, expectation);
  if (kind === 'plugin') {
    if (expectation.by === 'end') return pluginEnds(target, fault, expectation.as);
    return expectation.by === 'refusal' ? pluginIsRefused(target, fault) : pluginLives(target, fault);
  }
  if (kind === 'shell' && expectation.by === 'end') return shellEnds(target, fault, expectation.as);
  if (kind === 'gpu' || kind === 'network') return serviceEnds(target, fault, kind);
  throw new Error(`the matrix has no code to run ${fault}`);
}

async function runOnProgram(fault: Fault, app: VictimApp, expectation: Expectation): Promise<Course> {
  if (expectation.by !== 'program') throw new Error(`${fault} does not end the whole app`);
  return programEnds(app, fault, expectation.ends);
}

function runOnTab(target: DrillTarget, fault: Fault, tab: Tab, expectation: Expectation): Promise<Course> {
  if (expectation.by === 'end') return tabEnds(target, fault, tab, expectation.as);
  if (expectation.by === 'hang') return tabHangs(target, fault, tab);
  if (expectation.by === 'dialog') return tabAsks(target, fault, tab);
  if (expectation.by === 'frame') return frameEnds(target, fault, tab);
  return expectation.by === 'port' ? portCloses(target, fault, tab) : tabLives(target, fault, tab);
}
