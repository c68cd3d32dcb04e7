import type { ChaosOptions } from '../runtime/command-line.ts';
import { Bystanders } from './bystanders.ts';
import { holdings, untilNothingLeaks, untilSessionIsRight } from './chaos-checks.ts';
import { answers, chaosFaults, takeStep } from './chaos-steps.ts';
import { serveDrillPages } from './drill-pages.ts';
import type { DrillTarget } from './drill-target.ts';
import { pick, seededRandom } from './random.ts';
import { until } from './until.ts';
import { Witness } from './witness.ts';

/** Memory limit of a tab during the run, KiB. */
const memoryLimitKiB = 384 * 1024;
/** Number of pinned tabs. They must stay pinned. */
const pinnedTabs = 2;
/** Faults between two checks for leaks. */
const looksEvery = 25;

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
    target.memoryLimit.lend(memoryLimitKiB);
    const witnesses = await openTabs(target, pages.witness, count);
    await until('the plugin to start', () => target.plugin.connection !== undefined);
    const before = await holdings(target);
    say(`seed ${seed}: ${count} tabs, at most ${faults} faults in ${minutes} minutes`);
    const endAt = performance.now() + minutes * 60_000;
    while (done < faults && performance.now() < endAt) {
      const fault = pick(random, chaosFaults);
      const index = Math.floor(random() * witnesses.length);
      const victim = witnesses[index];
      if (!victim) throw new Error('there are no tabs');
      say(`${done + 1}: ${fault} on tab ${index + 1}`);
      const bystanders = await Bystanders.of(target, witnesses, fault, victim);
      await takeStep(target, fault, victim.tab);
      await bystanders.check();
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

async function openTabs(
  { strip }: DrillTarget,
  address: (number: number) => string,
  count: number,
): Promise<Witness[]> {
  const blank = [...strip.tabs];
  const witnesses: Witness[] = [];
  for (let number = 1; number <= count; number++) {
    const witness = new Witness(strip.open(address(number)), 1);
    await witness.prepare();
    witnesses.push(witness);
  }
  for (const tab of blank) tab.close();
  for (const { tab } of witnesses.slice(0, pinnedTabs)) strip.pin(tab, true);
  return witnesses;
}
