import type { ProcessEnd, SelfCheckLine, SelfCheckStep } from '@bulkhead/contracts';
import { DeadlineError } from '@bulkhead/rpc';
import type { Tab } from '../tabs/tab.ts';
import { describe } from './course.ts';
import { serveDrillPages } from './drill-pages.ts';
import type { DrillTarget } from './drill-target.ts';
import { runFault } from './run-fault.ts';
import { TooLate, until } from './until.ts';
import { Witness } from './witness.ts';

/**
 * Checks whether this Electron runs Bulkhead. It measures nothing: a slow machine makes a step late, but does not make
 * it fail. Prints each step as it begins, and the reason when one fails, for `tools/setup/self-check.ts`.
 */
export async function runSelfCheck(target: DrillTarget): Promise<{ ok: boolean }> {
  const pages = await serveDrillPages();
  try {
    const killed = new Set<Tab>();
    await Promise.race([takeSteps(target, pages.witness, killed), unexpectedEnd(target, killed)]);
    return { ok: true };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    say(error instanceof TooLate || error instanceof DeadlineError ? { late: reason } : { failed: reason });
    return { ok: false };
  } finally {
    pages.close();
  }
}

/** @param killed is given the tab that is killed on purpose */
async function takeSteps(
  target: DrillTarget,
  address: (number: number) => string,
  killed: Pick<Set<Tab>, 'add'>,
): Promise<void> {
  begin('window');
  await until('the window', () => target.window.base.isVisible());

  begin('tabs');
  const survivor = await openTab(target, address(1));
  const victim = await openTab(target, address(2));
  if (survivor.tab.pid === victim.tab.pid) throw new Error(`both tabs have the process ${victim.tab.pid}`);

  begin('frame');
  await target.framePath.nextStatistics();

  begin('ports');
  for (const { tab } of [survivor, victim]) {
    if (!tab.connection) throw new Error(`tab ${tab.id} has no port`);
    await tab.connection.ask();
  }

  begin('kill');
  killed.add(victim.tab);
  const { witnesses } = await runFault(target, 'tab-kill', { victim: victim.tab, witnesses: [survivor] });
  // A busy machine may lose a heartbeat.
  if (!witnesses.every(({ pidKept, stateKept }) => pidKept && stateKept)) {
    throw new Error('the other tab lost its process or its state');
  }

  begin('end');
}

async function openTab({ strip }: DrillTarget, address: string): Promise<Witness> {
  const witness = new Witness(strip.open(address, { ofDrill: true }), 1);
  await witness.prepare();
  return witness;
}

/** Rejects when the shell, the plugin or a tab ends that the check does not kill. */
function unexpectedEnd({ strip, shell, plugin }: DrillTarget, killed: ReadonlySet<Tab>): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  const fail = (who: string, end: ProcessEnd) => reject(new Error(`the ${who} ended (${describe(end)})`));
  const watch = (tab: Tab) => tab.on('ended', (end) => killed.has(tab) || fail(`process of tab ${tab.id}`, end));
  strip.tabs.forEach(watch);
  strip.on('added', watch);
  shell.on('ended', (end) => fail('shell', end));
  plugin.on('ended', (end) => fail('plugin', end));
  return promise;
}

const say = (line: SelfCheckLine) => process.stdout.write(`${JSON.stringify(line)}\n`);
const begin = (step: SelfCheckStep) => say({ step });
