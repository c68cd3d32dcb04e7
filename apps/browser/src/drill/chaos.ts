import { faults as allFaults, type Fault, rowOf } from '@bulkhead/contracts';
import type { ChaosOptions } from '../runtime/command-line.ts';
import type { Tab } from '../tabs/tab.ts';
import { holdings, untilNothingLeaks, untilSessionIsRight } from './chaos-checks.ts';
import { serveDrillPages } from './drill-pages.ts';
import type { DrillTarget } from './drill-target.ts';
import { lentKiB } from './matrix.ts';
import { pick, seededRandom } from './random.ts';
import { runFault } from './run-fault.ts';
import { recoverTab } from './tab-courses.ts';
import { until } from './until.ts';
import { Witness } from './witness.ts';

/** Number of pinned tabs. They must stay pinned. */
const pinnedTabs = 2;
/** Faults between two checks for leaks. */
const looksEvery = 25;
/** Heartbeats of the other tabs after each fault. */
const beats = 1;

/** Faults of a random run, with their weights. */
const weighted = allFaults.flatMap((fault): (readonly [Fault, number])[] => {
  const { weight } = rowOf(fault);
  return weight === undefined ? [] : [[fault, weight]];
});

/**
 * Breaks tabs and services at random, in the order that the seed gives. After each fault, checks that only the victim
 * lost its process, its state or a message, and that the session on disk is right. Checks every `looksEvery` faults
 * that nothing leaks. Returns true if every check passed.
 */
export async function runChaos(
  target: DrillTarget,
  { seed, minutes, faults, tabs: count }: ChaosOptions,
): Promise<boolean> {
  const random = seededRandom(seed);
  const pages = await serveDrillPages();
  const say = (line: string) => process.stdout.write(`${line}\n`);
  let done = 0;
  try {
    target.memoryLimit.lend(lentKiB);
    const witnesses = await openTabs(target, pages.witness, count);
    await until('the plugin to start', () => target.plugin.connection !== undefined);
    const before = await holdings(target);
    say(`seed ${seed}: ${count} tabs, at most ${faults} faults in ${minutes} minutes`);
    const endAt = performance.now() + minutes * 60_000;
    while (done < faults && performance.now() < endAt) {
      const fault = pick(random, weighted);
      const index = Math.floor(random() * witnesses.length);
      const victim = witnesses[index];
      if (!victim) throw new Error('there are no tabs');
      say(`${done + 1}: ${fault} on tab ${index + 1}`);
      await breakOne(target, fault, victim, witnesses);
      // The victim may have a new document now: prepare it again.
      await victim.prepare();
      await untilSessionIsRight(target);
      done += 1;
      if (done % looksEvery === 0) await untilNothingLeaks(target, before);
    }
    await untilNothingLeaks(target, before);
    for (const { tab } of witnesses) await until(`tab ${tab.id} to answer at the end`, () => answers(tab));
    say(`${done} faults, nothing lost and nothing left behind`);
    return true;
  } catch (error) {
    say(`FAILED at fault ${done + 1}: ${error instanceof Error ? error.message : error}`);
    say(`to repeat: npm run chaos -- --seed ${seed} --tabs ${count} --faults ${done + 1} --minutes ${minutes}`);
    return false;
  } finally {
    pages.close();
  }
}

/** Causes one fault, and rejects if anything but its victim felt it. */
async function breakOne(
  target: DrillTarget,
  fault: Fault,
  victim: Witness,
  witnesses: readonly Witness[],
): Promise<void> {
  const { tab } = victim;
  const ofTab = rowOf(fault).victim === 'tab';
  // The plugin reads the frames of the active tab. The timer of a leak runs only once a second in a hidden page.
  if (!ofTab || fault === 'tab-leak') target.strip.activate(tab);
  const others = ofTab ? witnesses.filter((each) => each !== victim) : witnesses;
  const { harm, witnesses: readings } = await runFault(target, fault, {
    victim: ofTab ? tab : undefined,
    witnesses: others,
  });
  if (harm !== null) throw new Error(`${harm}: ${JSON.stringify(readings)}`);
  // The endless loop in its worker would not stop.
  if (fault === 'tab-endless-loop-in-worker') await recoverTab(tab);
}

const answers = (tab: Tab): Promise<boolean> =>
  tab.connection?.ask().then(
    () => true,
    () => false,
  ) ?? Promise.resolve(false);

async function openTabs(
  { strip }: DrillTarget,
  address: (number: number) => string,
  count: number,
): Promise<Witness[]> {
  const blank = [...strip.tabs];
  const witnesses: Witness[] = [];
  for (let number = 1; number <= count; number++) {
    const witness = new Witness(strip.open(address(number)), beats);
    await witness.prepare();
    witnesses.push(witness);
  }
  for (const tab of blank) tab.close();
  for (const { tab } of witnesses.slice(0, pinnedTabs)) strip.pin(tab, true);
  return witnesses;
}
