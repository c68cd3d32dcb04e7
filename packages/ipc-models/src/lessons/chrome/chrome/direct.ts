import type { Cast, Director, Stage } from '../../../lab/index.ts';
import { link, processPart, resultOf } from '../../parts.ts';
import type { chrome } from './lesson.ts';
import { showProgram } from './this-program.ts';

export const direct: Director<typeof chrome> = async (stage) => {
  const { tabs, victim: victimRole } = stage.parameters;
  const names = Array.from({ length: tabs }, (_, index) => `renderer ${index + 1}`);
  const [browser, plugin, ...renderers] = await Promise.all([
    stage.start('browser-process'),
    stage.start('plugin'),
    ...names.map((name) => stage.start('renderer', name)),
  ]);
  // Each process gets the channel under the name of the other.
  for (const cast of [plugin, ...renderers]) {
    const { port1, port2 } = stage.makeChannel();
    browser.give(cast.name, port1);
    cast.give('browser', port2);
  }
  const draw = (alive: readonly Cast[]) =>
    stage.figure('small', {
      kind: 'parts',
      parts: [browser, ...alive].map((cast) => processPart(cast)),
      links: alive.map(({ name }) => link(browser.name, name)),
    });
  draw([plugin, ...renderers]);
  const victim = victimRole === 'plugin' ? plugin : renderers[0];
  if (!victim) throw new Error('there is no process to kill');
  /** Tabs that the learner or another program killed meanwhile. They do not count for the answer. */
  const killedByOthers = new Set<Cast>();
  for (const cast of renderers) void cast.ended.then(({ foreign }) => foreign && killedByOthers.add(cast));
  void resultOf(browser);
  void resultOf(plugin);
  const runs = renderers.map((cast) => [cast, resultOf(cast)] as const);

  const before = await showProgram(stage);
  const computedBefore = Number(await browser.told('milestone'));
  stage.note('kill', { name: victim.name, pid: victim.pid });
  victim.kill();
  const { how } = await victim.ended;
  while ((await browser.told('lost')) !== victim.name) {
    // The learner or another program ended it.
  }
  draw([plugin, ...renderers].filter((cast) => cast !== victim));
  // Every remaining tab has painted again.
  const computed = Number(await browser.told('milestone')) - computedBefore;
  const survivors = renderers.filter((cast) => cast !== victim && !killedByOthers.has(cast));
  for (const cast of survivors) cast.tell('stop', true);
  const results = await Promise.all(runs.filter(([cast]) => survivors.includes(cast)).map(([, run]) => run));
  const tab = await killRealTab(stage);
  const after = await showProgram(stage);

  const longestGapUs = Math.max(...results.map((result) => Number(result?.longestGapUs ?? Number.NaN)));
  const going = results.filter((result) => result !== null).length;
  const facts = {
    killed: victim.name,
    pid: victim.pid,
    how,
    survivors: survivors.length,
    going,
    computed,
    longestGapMs: Math.round(longestGapUs / 100) / 10,
    processes: after.length,
    lost: before.filter((pid) => !after.includes(pid)).length,
    tabPid: tab?.pid ?? 0,
  };
  const answer = going === survivors.length ? 'nothing' : going > 0 ? 'other-tabs' : 'everything';
  const isTabKilled = tab === null || tab.how === 'killed (SIGKILL)';
  const isComputing = victim === plugin || computed > 0;
  return { answer, held: answer === 'nothing' && isComputing && facts.lost === 0 && isTabKilled, facts };
};

/** Opens a tab of the app and kills it. Resolves to null if there is no window. */
async function killRealTab(stage: Stage): Promise<{ pid: number; how: string } | null> {
  const tab = await stage.openTab();
  if (!tab) {
    stage.note('no-window');
    return null;
  }
  const { pid } = tab;
  stage.note('kill-tab', { pid });
  tab.kill();
  const how = await tab.ended;
  stage.note('tab-ended', { pid, how });
  return { pid, how };
}
