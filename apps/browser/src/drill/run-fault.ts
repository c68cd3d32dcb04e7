import { type Fault, rowOf, type WitnessReading } from '@bulkhead/contracts';
import type { Tab } from '../tabs/tab.ts';
import { type Course, outcomeOf } from './course.ts';
import type { DrillTarget } from './drill-target.ts';
import { harmOf, processesBeside } from './harm.ts';
import { pluginEnds, pluginIsRefused, pluginLives, serviceEnds, shellEnds } from './service-courses.ts';
import { frameEnds, portCloses, tabAsks, tabEnds, tabHangs, tabLives } from './tab-courses.ts';
import { VictimApp } from './victim-app.ts';
import { observing, type Witness } from './witness.ts';

export interface FaultOptions {
  /** The tab or app that is broken; undefined for a part of this browser. */
  victim: Tab | VictimApp | undefined;
  /** Tabs that must not feel the fault. */
  witnesses: readonly Witness[];
  /** Called while the sad tab of the victim is on the screen. */
  onShown?: (() => Promise<void>) | undefined;
}

export interface FaultRun {
  course: Course;
  witnesses: WitnessReading[];
  /** As `harmOf` returns it. */
  harm: string | null;
}

/**
 * Causes a fault, waits for its effect, brings the victim back, and measures who else felt it. Rejects if the fault has
 * another effect than expected.
 */
export async function runFault(target: DrillTarget, fault: Fault, options: FaultOptions): Promise<FaultRun> {
  const { victim } = rowOf(fault);
  const before = await processesBeside(target, victim);
  const { value: course, readings } = await observing(options.witnesses, () => run(target, fault, options));
  const after = await processesBeside(target, victim);
  return { course, witnesses: readings, harm: harmOf(readings, before, after) };
}

function run(target: DrillTarget, fault: Fault, { victim, onShown }: FaultOptions): Promise<Course> {
  const { victim: kind, expects } = rowOf(fault);
  if (victim instanceof VictimApp && expects.by === 'program') return appEnds(victim, fault, expects.ends);
  if (victim && !(victim instanceof VictimApp)) {
    if (expects.by === 'end') return tabEnds(target, fault, victim, expects.as, onShown);
    if (expects.by === 'hang') return tabHangs(target, fault, victim);
    if (expects.by === 'dialog') return tabAsks(target, fault, victim);
    if (expects.by === 'frame') return frameEnds(target, fault, victim);
    return expects.by === 'port' ? portCloses(target, fault, victim) : tabLives(target, fault, victim);
  }
  if (kind === 'plugin') {
    if (expects.by === 'end') return pluginEnds(target, fault, expects.as);
    return expects.by === 'refusal' ? pluginIsRefused(target, fault) : pluginLives(target, fault);
  }
  if (kind === 'shell' && expects.by === 'end') return shellEnds(target, fault, expects.as);
  if (kind === 'gpu' || kind === 'network') return serviceEnds(target, fault, kind);
  throw new Error(`there is no code to run ${fault}`);
}

/** Ends a whole other Bulkhead and checks that nothing of it is left. The caller starts it again. */
async function appEnds(app: VictimApp, fault: Fault, ends: NodeJS.Signals | number): Promise<Course> {
  const { pid } = app;
  const noticedMs = await app.breakBy(fault, ends);
  const how = typeof ends === 'number' ? (['exited', `code ${ends}`] as const) : (['killed', ends] as const);
  const outcome = outcomeOf(...how, 'nothing left', 'every tab back');
  return { pid, noticedMs, shownMs: null, recoveredMs: null, outcome };
}
