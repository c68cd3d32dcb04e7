import { beforeEach, expect, test, vi } from 'vitest';
import { StrainCells } from './strain-cells.ts';
import { StrainGuard } from './strain-guard.ts';
import { type StrainingPage, StrainWatch } from './strain-watch.ts';

const lookMs = 100;
beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

/**
 * Simulates the browser's thread and the guard's, with processes that take shares of a processor and may be stopped.
 */
function machine(shares: Record<number, number>, { withinSystem = 0.4 } = {}) {
  let now = 0;
  let resident = 100_000;
  let browserSeconds = 0;
  const stopped = new Set<number>();
  const seconds = new Map<number, number>();
  const pass = (ms: number) => {
    now += ms;
    for (const [pid, share] of Object.entries(shares)) {
      const runs = stopped.has(Number(pid)) ? 0 : share;
      seconds.set(Number(pid), (seconds.get(Number(pid)) ?? 0) + (runs * ms) / 1000);
    }
  };
  const pages = Object.keys(shares).map((pid) => new Page(Number(pid), stopped));
  const cells = new StrainCells();
  const goOn = (pid: number) => void stopped.delete(pid);
  const watch = new StrainWatch({ cells, pages: () => pages, now: () => now, goOn });
  let asked: number | undefined;
  const ask = (at: number) => {
    asked = at;
  };
  const guard = new StrainGuard(new StrainCells(cells.buffer), ask, {
    now: () => now,
    privateKiB: () => resident,
    processorTime: (pid) => {
      const all = seconds.get(pid);
      return all === undefined ? undefined : { all, system: all * withinSystem };
    },
    browserTime: () => browserSeconds,
    processors: 2,
    wait: pass,
    stop: (pid) => stopped.add(pid),
    goOn,
  });
  const answer = () => {
    if (asked !== undefined) watch.look(asked);
    asked = undefined;
  };
  return {
    pages,
    stopped,
    end: () => watch.dispose(),
    /** Both threads look on time. */
    onTime(looks: number, growsKiB = 0) {
      for (let look = 0; look < looks; look++) {
        pass(lookMs);
        resident += growsKiB;
        answer();
        guard.look();
        answer();
      }
    },
    /** The guard looks again after this time (ms). */
    moment(ms: number, growsKiB: number) {
      pass(ms);
      resident += growsKiB;
      guard.look();
    },
    /** The browser's thread is late, and runs for this share of the time. */
    late(looks: number, { runs = 1 } = {}) {
      for (let look = 0; look < looks; look++) {
        pass(lookMs);
        browserSeconds += (runs * lookMs) / 1000;
        guard.look();
      }
    },
  };
}

class Page implements StrainingPage {
  pid: number | null;
  isSuspect = false;
  chargedMiB = 0;
  lateSeconds = 0;
  readonly #stopped: Set<number>;

  constructor(pid: number, stopped: Set<number>) {
    this.pid = pid;
    this.#stopped = stopped;
  }

  holdForStrain() {
    if (this.pid !== null) this.#stopped.add(this.pid);
  }

  endStrain() {
    if (this.pid !== null) this.#stopped.delete(this.pid);
  }

  chargeLateness(seconds: number) {
    this.lateSeconds += seconds;
  }

  chargeGrowth(mib: number) {
    this.chargedMiB += mib;
  }
}

test('while the browser is late, the page that takes the processor waits, and continues when the browser has caught up', () => {
  const { onTime, late, stopped } = machine({ 10: 0.05, 11: 1.6, 12: 0.4 });
  onTime(5);
  expect([...stopped]).toEqual([]);
  late(3);
  expect([...stopped]).toEqual([11]);
  onTime(1);
  expect([...stopped]).toEqual([11]);
  onTime(2);
  expect([...stopped]).toEqual([]);
});

test('a page pays for the time that the browser is late because of it', () => {
  const { onTime, late, pages } = machine({ 10: 0.05, 11: 1.6 });
  onTime(5);
  late(49);
  onTime(3);
  const [quiet, busy] = pages.map(({ lateSeconds }) => lateSeconds);
  expect(quiet).toBe(0);
  expect(busy).toBeCloseTo(4.9, 0);
});

test('while the whole machine is busy no page waits, except one that takes most of the machine', () => {
  const busy = machine({ 10: 0.05, 11: 1.1 });
  busy.onTime(2);
  busy.late(9, { runs: 0.1 });
  expect([...busy.stopped]).toEqual([]);
  const taken = machine({ 10: 0.05, 11: 1.6 });
  taken.onTime(2);
  taken.late(3, { runs: 0.1 });
  expect([...taken.stopped]).toEqual([11]);
});

test('an idle page is never held, however late the browser is', () => {
  const { onTime, late, stopped } = machine({ 10: 0.05, 11: 0 });
  onTime(2);
  late(50);
  expect([...stopped]).toEqual([]);
});

test('busy pages are left alone while the browser is on time and does not grow', () => {
  const { onTime, stopped, pages } = machine({ 10: 2, 11: 1 });
  onTime(100);
  expect([...stopped]).toEqual([]);
  expect(pages.map(({ chargedMiB }) => chargedMiB)).toEqual([0, 0]);
});

test("growth above the browser's own needs is charged to the busy pages, by their shares", () => {
  const { onTime, pages } = machine({ 10: 0, 11: 0.9, 12: 0.6, 13: 0.3 });
  onTime(15, 4096);
  expect(
    pages.map(({ chargedMiB }) => chargedMiB),
    'the browser may grow this much by itself',
  ).toEqual([0, 0, 0, 0]);
  onTime(18, 4096);
  const [quiet, busy, other, painting] = pages.map(({ chargedMiB }) => chargedMiB);
  expect(quiet).toBe(0);
  expect(painting, "takes less than half of the busiest page's share").toBe(0);
  expect((busy ?? 0) + (other ?? 0)).toBeGreaterThan(15);
  expect(busy).toBeGreaterThan(other ?? 0);
  expect(other).toBeGreaterThan(0);
});

test('pages that all do the same are not held, however late the browser is', () => {
  const { onTime, late, stopped } = machine({ 10: 0.5, 11: 0.5, 12: 0.5, 13: 0.6 });
  onTime(2);
  late(3);
  expect([...stopped]).toEqual([]);
});

test("a page that only computes is not charged, and no page is charged for the browser's start", () => {
  const computing = machine({ 10: 1 }, { withinSystem: 0.01 });
  computing.onTime(10, 50_000);
  const starting = machine({ 10: 1 });
  starting.onTime(10, 6000);
  expect([...computing.stopped, ...starting.stopped]).toEqual([]);
  expect([...computing.pages, ...starting.pages].map(({ chargedMiB }) => chargedMiB)).toEqual([0, 0]);
});

test("during the start, a page is charged for growth above the start's own", () => {
  const { onTime, pages } = machine({ 10: 1 });
  onTime(20, 10_240);
  expect(pages[0]?.chargedMiB).toBeGreaterThan(10);
});

test('a page is charged while the browser handles what it sent, even if another page does a little', () => {
  const shares: Record<number, number> = { 10: 1, 11: 0 };
  const { onTime, pages } = machine(shares);
  onTime(16, 4096);
  onTime(3, 10_000);
  Object.assign(shares, { 10: 0, 11: 0.1 });
  onTime(40, 10_000);
  const [sender, other] = pages.map(({ chargedMiB }) => chargedMiB);
  expect(other).toBe(0);
  expect(sender).toBeGreaterThan(300);
});

test('a page is not charged for the cost of new processes in the browser', () => {
  const { onTime, pages, stopped } = machine({ 10: 1 });
  onTime(16, 4096);
  for (let pid = 100; pid < 150; pid++) {
    pages.push(new Page(pid, stopped));
    onTime(10, 500);
  }
  expect(pages[0]?.chargedMiB).toBe(0);
});

test('a page is not charged while the browser grows slowly, for any length of time', () => {
  const { onTime, pages, stopped } = machine({ 10: 1 });
  onTime(16, 4096);
  for (let minute = 0; minute < 60; minute++) onTime(600, 19);
  expect(pages[0]?.chargedMiB).toBe(0);
  expect([...stopped]).toEqual([]);
});

test('a page that makes the browser grow faster than it can take note is stopped at once', () => {
  const { onTime, stopped, pages } = machine({ 10: 1 });
  onTime(2);
  onTime(1, 150_000);
  expect([...stopped]).toEqual([10]);
  onTime(1);
  expect(pages[0]?.chargedMiB).toBeGreaterThan(40);
});

test('a process whose page has moved elsewhere does not stay stopped', () => {
  const { onTime, late, stopped, pages } = machine({ 10: 1.5 });
  onTime(2);
  late(3);
  expect([...stopped]).toEqual([10]);
  for (const page of pages) page.pid = null;
  onTime(1);
  expect([...stopped]).toEqual([]);
});

test('more processes than rows are not an error', () => {
  const { onTime, late, stopped } = machine(
    Object.fromEntries(Array.from({ length: 600 }, (_, index) => [index + 1, index === 3 ? 1 : 0])),
  );
  onTime(2);
  late(3);
  expect([...stopped]).toEqual([4]);
});

test('a suspect is stopped whenever it works while the browser does, continues when the browser has caught up, and pays for what follows', () => {
  const shares: Record<number, number> = { 10: 1, 11: 0.05 };
  const { onTime, pages, stopped } = machine(shares);
  onTime(60);
  onTime(8, 4096);
  const [sender, other] = pages;
  const charged = sender?.chargedMiB ?? 0;
  expect(charged).toBeGreaterThan(5);
  if (sender) sender.isSuspect = true;
  const runs = Array.from({ length: 20 }, () => {
    onTime(1);
    return !stopped.has(10);
  });
  expect(runs.filter(Boolean).length).toBeGreaterThan(4);
  expect(runs.filter((run) => !run).length).toBeGreaterThan(4);
  shares[10] = 0;
  onTime(15, 3000);
  expect(sender?.chargedMiB).toBeGreaterThan(charged + 30);
  expect(other?.chargedMiB).toBe(0);
  onTime(10);
  expect([...stopped]).toEqual([]);
});

test('a suspect that makes the browser grow is stopped after a moment; one that does not may work longer', () => {
  const { onTime, moment, pages, stopped } = machine({ 10: 1 });
  onTime(60);
  const [sender] = pages;
  if (sender) sender.isSuspect = true;
  onTime(1);
  moment(4, 0);
  expect([...stopped]).toEqual([]);
  moment(4, 8192 + 2048);
  expect([...stopped]).toEqual([10]);
});

test('released memory counts again while there is a suspect', () => {
  const { onTime, pages } = machine({ 10: 1 });
  onTime(60);
  onTime(8, 4096);
  const [sender] = pages;
  if (sender) sender.isSuspect = true;
  onTime(4);
  const charged = sender?.chargedMiB ?? 0;
  onTime(1, -40_000);
  onTime(4);
  onTime(4, 10_000);
  onTime(10);
  expect(sender?.chargedMiB).toBeGreaterThan(charged + 30);
});

test('no process stays stopped when the guard ends before the browser has taken note', () => {
  const { onTime, late, stopped, end } = machine({ 10: 0.05, 11: 1.6 });
  onTime(5);
  late(3);
  expect([...stopped]).toEqual([11]);
  end();
  expect([...stopped]).toEqual([]);
});
