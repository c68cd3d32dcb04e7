import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { openConnections } from '@bulkhead/rpc';
import { app } from 'electron';
import { exists } from '../processes/is-running.ts';
import { activeEntryOf } from '../storage/session/saved-session.ts';
import { SessionFiles } from '../storage/session/session-files.ts';
import type { DrillTarget } from './drill-target.ts';
import { until } from './until.ts';

/** Counts that must not grow, however many faults are caused. */
export interface Holdings {
  processes: number;
  ports: number;
  descriptors: number;
  segments: number;
  sharedMemoryNames: number;
}

/** Descriptors that Electron opens and closes by itself, for example for caches and timers. */
const idleDescriptors = 12;

export async function holdings(target: DrillTarget): Promise<Holdings> {
  const { segments } = await import('@bulkhead/shared-memory');
  const [{ processes }, descriptors, names] = await Promise.all([
    target.sampler.sample(),
    readdir('/proc/self/fd').catch(() => []),
    readdir('/dev/shm').catch(() => []),
  ]);
  const ours = new Set(processes.map(({ pid }) => pid));
  // Each name contains the PID of its creator. Another Bulkhead that runs at the same time creates names, too.
  const isOthers = (name: string) => {
    const maker = Number(/bulkhead-(\d+)-/.exec(name)?.[1]);
    return !ours.has(maker) && exists(maker);
  };
  return {
    // Chromium keeps some processes for later, and starts utility processes at any time.
    processes: processes.filter(({ type, state }) => type !== 'utility' && type !== 'other' && state !== 'Z').length,
    ports: openConnections().length,
    // Electron leaves one descriptor open for each utility process that it starts: the process's empty input.
    descriptors: descriptors.length - target.plugin.state().restarts,
    segments: segments().length,
    sharedMemoryNames: names.filter((name) => name.startsWith('bulkhead-') && !isOthers(name)).length,
  };
}

/** Waits until no count is higher than before. Rejects with the counts if that takes too long. */
export async function untilNothingLeaks(target: DrillTarget, before: Holdings): Promise<void> {
  let now = before;
  const fits = async () => {
    now = await holdings(target);
    return (
      now.processes <= before.processes &&
      now.ports <= before.ports &&
      now.segments <= before.segments &&
      now.sharedMemoryNames <= before.sharedMemoryNames &&
      now.descriptors <= before.descriptors + idleDescriptors
    );
  };
  await until('all resources to be released', fits).catch((error: Error) => {
    throw new Error(`${error.message}: before ${JSON.stringify(before)}, now ${JSON.stringify(now)}`);
  });
}

/**
 * Waits until the session on disk has the open tabs in order, with the active tab and the pinned tabs. It may be a
 * second behind.
 */
export async function untilSessionIsRight({ strip }: DrillTarget): Promise<void> {
  const files = new SessionFiles(path.join(app.getPath('userData'), 'session'));
  const line = (active: boolean, pinned: boolean, address: string) =>
    `${active ? '>' : ''}${pinned ? '^' : ''}${address}`;
  const open = () => strip.tabs.map((tab) => line(tab === strip.active, tab.pinned, tab.address)).join(' ');
  let saved = '';
  const isRight = async () => {
    const window = (await files.read()).unclean?.windows[0];
    saved =
      window?.tabs
        .map((tab, index) => line(index === window.activeTab, tab.pinned, activeEntryOf(tab).address))
        .join(' ') ?? 'nothing';
    return saved === open();
  };
  await until('the session on disk to be right', isRight, 5000).catch((error: Error) => {
    throw new Error(`${error.message}: it has ${saved}, the window has ${open()}`);
  });
}
