import { expect, test } from 'vitest';
import { QuietTabs } from './quiet-tabs.ts';

/** Tabs by their processes, with what the system tells of these; `beats` are those whose heartbeats go on. */
function watched(...pids: number[]) {
  const beats = new Set(pids);
  const stats = new Map(pids.map((pid) => [pid, { cpuTicks: 0, state: 'S' }]));
  const tabs = pids.map((pid) => ({
    pid,
    connection: {
      rest(mayRest: boolean): void {
        if (mayRest) beats.delete(pid);
        else beats.add(pid);
      },
    },
  }));
  let visible: (typeof tabs)[number] | undefined = tabs[0];
  const quiet = new QuietTabs({
    tabs: () => tabs,
    visible: () => visible,
    read: async (pid) => {
      const stat = stats.get(pid);
      return stat && { ...stat };
    },
  });
  return {
    quiet,
    tabs,
    stats,
    beats: () => [...beats].sort(),
    see(tab: (typeof tabs)[number] | undefined) {
      visible = tab;
    },
    async look() {
      await quiet.look();
      return [...beats].sort();
    },
  };
}

test('only the tab that is seen is asked while the others use no processor time', async () => {
  const { quiet, look, see } = watched(1, 2, 3);
  expect(await look(), 'nothing to compare with yet').toEqual([1, 2, 3]);
  expect(await look()).toEqual([1]);
  see(undefined);
  expect(await look(), 'the first look at it').toEqual([1]);
  expect(await look()).toEqual([]);
  quiet.dispose();
});

test('a hidden tab is asked again as soon as its process works, is stopped, or is seen', async () => {
  const { quiet, look, stats, tabs, beats, see } = watched(1, 2, 3, 4);
  await look();
  await look();
  stats.get(2)!.cpuTicks = 1;
  stats.get(3)!.state = 'T';
  expect(await look()).toEqual([1, 2, 3]);
  expect(await look()).toEqual([1, 3]);
  stats.get(3)!.state = 'S';
  expect(await look()).toEqual([1]);
  see(tabs[3]);
  quiet.show(tabs[3]!);
  expect(beats()).toEqual([1, 4]);
  quiet.dispose();
});

test('where the system does not tell, every tab is asked', async () => {
  const { quiet, look, stats } = watched(1, 2);
  stats.clear();
  for (let looks = 0; looks < 3; looks++) expect(await look()).toEqual([1, 2]);
  quiet.dispose();
});

test('tabs of one process rest and wake together', async () => {
  const { quiet, look, tabs, stats } = watched(1, 2);
  let isResting = false;
  const rest = (mayRest: boolean) => {
    isResting = mayRest;
  };
  tabs.push({ pid: 2, connection: { rest } });
  await look();
  await look();
  expect(isResting).toBe(true);
  stats.get(2)!.cpuTicks = 5;
  await look();
  expect(isResting).toBe(false);
  quiet.dispose();
});
