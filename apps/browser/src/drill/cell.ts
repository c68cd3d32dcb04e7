import type { Fault, MatrixCell, WitnessReading } from '@bulkhead/contracts';
import type { Browser } from '../browser.ts';
import { victimOf, whyUnavailable } from '../faults/catalogue.ts';
import type { Tab } from '../tabs/tab.ts';
import { type Course, frameEnds, portCloses, programEnds, tabAsks, tabEnds, tabHangs, tabLives } from './cell-flows.ts';
import type { DrillPages } from './drill-pages.ts';
import { survived } from './drill-result.ts';
import { type Expectation, expectations } from './expectations.ts';
import { pluginEnds, pluginIsRefused, pluginLives, serviceEnds, shellEnds } from './service-flows.ts';
import { Subject } from './subject.ts';
import { until } from './until.ts';
import { observing, type Witness } from './witness.ts';

export const emptyCell = (fault: Fault): MatrixCell => {
  const unavailable = whyUnavailable(fault);
  return {
    fault,
    victim: victimOf(fault),
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

/** Causes one fault on a victim of its own, and says what it did to the victim and to the witnesses. Never rejects. */
export async function runCell(
  browser: Browser,
  pages: DrillPages,
  witnesses: readonly Witness[],
  fault: Fault,
): Promise<MatrixCell> {
  const cell = emptyCell(fault);
  let witnessed: WitnessReading[] = [];
  let victim: Tab | undefined;
  let subject: Subject | undefined;
  try {
    const expectation = expectations[fault];
    if (!expectation) throw new Error('nobody has said what it is to do');
    victim = cell.victim === 'tab' ? await openVictim(browser, pages) : undefined;
    subject = expectation.by === 'program' ? await Subject.start(pages) : undefined;
    // A witness that moves, so that there are frames to be read.
    if (!victim && witnesses[0]) browser.strip.activate(witnesses[0].tab);
    const { value, survivors } = await observing(witnesses, () =>
      run(browser, fault, cell, expectation, victim ?? subject),
    );
    witnessed = survivors;
    if (subject) value.recoveredMs = await subject.comeBack(fault === 'zygote-kill');
    const hurt = survivors.filter((reading) => !survived(reading)).length;
    const failure = hurt > 0 ? `${hurt} of ${survivors.length} witnesses were hurt` : null;
    return { ...cell, ...value, witnesses: survivors, state: failure === null ? 'passed' : 'failed', failure };
  } catch (error) {
    const failure = (error instanceof Error ? error.message : String(error)).slice(0, 1024);
    return { ...cell, witnesses: witnessed, state: 'failed', failure };
  } finally {
    // One that hangs would not close by being asked.
    victim?.kill();
    victim?.close();
    await subject?.dispose();
  }
}

async function openVictim({ strip, isolation }: Browser, pages: DrillPages): Promise<Tab> {
  const tab = strip.open(pages.victim, { ofDrill: true });
  await until('the page to be broken', async () => {
    if (tab.pid === null || !tab.connection) return false;
    return (await tab.contents.executeJavaScript('globalThis.victim === true').catch(() => false)) === true;
  });
  await until('its memory to be measured', () => isolation.memory.usedKiB(tab.pid) !== null);
  return tab;
}

function run(
  browser: Browser,
  fault: Fault,
  { victim: kind }: MatrixCell,
  expectation: Expectation,
  victim: Tab | Subject | undefined,
): Promise<Course> {
  if (victim instanceof Subject) return runOnProgram(fault, victim, expectation);
  if (victim) return runOnTab(browser, fault, victim, expectation);
  if (kind === 'plugin') {
    if (expectation.by === 'end') return pluginEnds(browser, fault, expectation.as);
    return expectation.by === 'refusal' ? pluginIsRefused(browser, fault) : pluginLives(browser, fault);
  }
  if (kind === 'shell' && expectation.by === 'end') return shellEnds(browser, fault, expectation.as);
  if (kind === 'gpu' || kind === 'network') return serviceEnds(browser, fault, kind);
  throw new Error(`nobody knows how to run ${fault}`);
}

async function runOnProgram(fault: Fault, subject: Subject, expectation: Expectation): Promise<Course> {
  if (expectation.by !== 'program') throw new Error(`${fault} is no fault of a whole program`);
  return programEnds(subject, fault, expectation.ends);
}

function runOnTab(browser: Browser, fault: Fault, tab: Tab, expectation: Expectation): Promise<Course> {
  if (expectation.by === 'end') return tabEnds(browser, fault, tab, expectation.as);
  if (expectation.by === 'hang') return tabHangs(browser, fault, tab);
  if (expectation.by === 'dialog') return tabAsks(browser, fault, tab);
  if (expectation.by === 'frame') return frameEnds(browser, fault, tab);
  return expectation.by === 'port' ? portCloses(browser, fault, tab) : tabLives(browser, fault, tab);
}
