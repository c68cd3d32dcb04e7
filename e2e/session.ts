import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Bulkhead } from './bulkhead.ts';
import { aliveOf, familyOf, isAlive } from './system.ts';
import { expect } from './test.ts';
import type { Undriven } from './undriven.ts';

/** The tabs as a user sees them. */
export interface Seen {
  /** In order. */
  titles: string[];
  active: string | undefined;
}

export async function seenIn(bulkhead: Bulkhead): Promise<Seen> {
  const tabs = await bulkhead.tabs.evaluateAll((elements) =>
    elements.map((element) => ({
      // The first line of the tooltip is the title. The element's own text also contains the PID.
      title: element.getAttribute('title')?.split('\n')[0] ?? '',
      active: element.getAttribute('aria-selected') === 'true',
    })),
  );
  return { titles: tabs.map(({ title }) => title), active: tabs.find(({ active }) => active)?.title };
}

/** Returns the content of the newest whole session file, which a start at this moment would find. */
export async function onDisk(profile: string): Promise<Seen | undefined> {
  const newest = await newestOnDisk(profile);
  const titles = newest?.tabs.map(({ entries, activeEntry }) => entries[activeEntry]?.title ?? '');
  return newest && titles && { titles, active: titles[newest.activeTab] };
}

async function newestOnDisk(profile: string): Promise<Saved | undefined> {
  const texts = await Promise.all(
    ['even', 'odd'].map((name) => readFile(path.join(profile, 'session', name), 'utf8').catch(() => '')),
  );
  const [newest] = texts
    // A file that a test has damaged is not a state, and is overwritten at the next save.
    .filter((text) => text.startsWith('{'))
    .map((text) => {
      const [header = '', ...lines] = text.split('\n');
      return { ...(JSON.parse(header) as { version: number; generation: number }), lines };
    })
    .sort((one, other) => other.generation - one.generation);
  if (!newest) return undefined;
  return newest.version === 1 ? version1(newest.lines) : version2(newest.lines);
}

interface Saved {
  tabs: SavedTab[];
  activeTab: number;
}

const version1 = (lines: string[]): Saved => JSON.parse(lines.join('\n')).windows[0];

/**
 * Applies the lines: each adds or changes tabs, by their numbers. The last line may be incomplete while it is written.
 */
function version2(lines: string[]): Saved {
  const tabs = new Map<number, SavedTab>();
  let order: number[] = [];
  let active = 0;
  for (const line of lines.slice(0, -1)) {
    const record = JSON.parse(line.slice(line.indexOf('{')));
    for (const [id, tab] of record.tabs ?? []) tabs.set(id, tab);
    for (const [id, title] of record.titles ?? []) {
      const entry = tabs.get(id)?.entries[tabs.get(id)?.activeEntry ?? 0];
      if (entry) entry.title = title;
    }
    order = record.order ?? order;
    active = record.active ?? active;
  }
  return { tabs: order.flatMap((id) => tabs.get(id) ?? []), activeTab: order.indexOf(active) };
}

/** Marks the run as a long one, because two short runs in a row are a crash loop. */
export async function settle(profile: string): Promise<void> {
  const file = path.join(profile, 'running.json');
  await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, 'utf8')), phase: 'settled' }));
}

/** Kills the browser process after a long run, and waits until nothing of it runs. */
export async function killBrowser(bulkhead: Bulkhead): Promise<void> {
  await settle(bulkhead.profile);
  const processes = await bulkhead.processes();
  expect(processes.length).toBeGreaterThan(3);
  process.kill(bulkhead.pid, 'SIGKILL');
  await expect.poll(() => aliveOf(processes), 'left running').toEqual([]);
}

/** Ends the browser process by a signal that it handles. */
export async function signalBrowser(bulkhead: Bulkhead, signal: 'SIGTERM' | 'SIGINT'): Promise<void> {
  process.kill(bulkhead.pid, signal);
  await expect.poll(() => isAlive(bulkhead.pid)).toBe(false);
}

/** A tab as a session file contains it. */
export interface SavedTab {
  pinned: boolean;
  entries: { address: string; title: string; posted?: true }[];
  activeEntry: number;
}

/** Creates a profile whose last session had these tabs, and ended uncleanly. */
export async function writeSession(profile: string, tabs: SavedTab[], activeTab: number): Promise<void> {
  const body = JSON.stringify({ windows: [{ activeTab, tabs }] });
  const facts = { format: 'bulkhead session', version: 1, generation: 1, clean: false };
  const checksum = createHash('sha256')
    .update(JSON.stringify([1, 1, false]))
    .update(body)
    .digest('hex');
  const folder = path.join(profile, 'session');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'odd'), `${JSON.stringify({ ...facts, checksum })}\n${body}`);
}

/** Returns the active entries of the tabs of the newest session, in order. */
export async function entriesOnDisk(profile: string): Promise<(SavedTab['entries'][number] | undefined)[]> {
  const tabs = (await newestOnDisk(profile))?.tabs ?? [];
  return tabs.map(({ entries, activeEntry }) => entries[activeEntry]);
}

/** Kills a browser process once its session says that the first tab is at this entry. */
export async function killUndriven(undriven: Undriven, entry: Partial<SavedTab['entries'][number]>): Promise<void> {
  const first = async () => (await entriesOnDisk(undriven.profile))[0];
  await expect.poll(first, 'the session on the disk').toMatchObject(entry);
  await settle(undriven.profile);
  const processes = await familyOf(undriven.pid);
  process.kill(undriven.pid, 'SIGKILL');
  await expect.poll(() => aliveOf(processes), 'left running').toEqual([]);
}
