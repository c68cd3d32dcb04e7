import { execFileSync } from 'node:child_process';
import { lstatSync, readdirSync } from 'node:fs';
import { chmod, lstat, mkdir, mkdtemp, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ProfilePart } from '@bulkhead/contracts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MatrixFiles } from '../../drill/matrix-files.ts';
import { lineOf } from '../../log/log-line.ts';
import { PopupSites } from '../../opening/popup-sites.ts';
import { CrashReports } from '../crash-reports/crash-reports.ts';
import { RunMarker } from '../crash-reports/run-marker.ts';
import { History } from '../history/history.ts';
import { LogFile } from '../log/log-file.ts';
import { SessionFiles } from '../session/session-files.ts';
import { recordOfTabs, sessionOfTabs, writeWhole } from '../session/testing/sessions.ts';
import { Settings } from '../settings/settings.ts';
import { ProfileTroubles } from './profile-troubles.ts';

let profile: string;
let troubles: ProfileTroubles;
beforeEach(async () => {
  profile = await mkdtemp(path.join(tmpdir(), 'bulkhead-profile-'));
  troubles = new ProfileTroubles();
});
afterEach(async () => {
  await rm(profile, { recursive: true });
});

const at = (name: string) => path.join(profile, name);
const versions = { bulkhead: '1', electron: '33', chromium: '130', node: '20' };
const all = { text: '', before: null };
const run = {
  id: '2026-11-28T00-00-00-000Z',
  startedAt: 1,
  endedAt: 2,
  runtime: versions,
  baseline: [],
  cells: [],
};

interface Owner {
  /** Starts: reads the file, and saves something. Returns what it read. */
  start: () => Promise<unknown>;
  /** Result of a read by the next start, after something was saved. */
  kept: unknown;
  /** Result of a read when the file cannot be read. */
  nothing: unknown;
  /**
   * The part that reports an unreadable file. Absent for the session, which reports by itself, and for crash reports,
   * which are counted.
   */
  part?: ProfilePart;
  /** It keeps every file that it finds: it reads it, or sets it aside. */
  readsFiles: boolean;
}

const history = () => new History({ file: at('history/visits.jsonl'), keeps: () => true, troubles });
const reports = () => new CrashReports({ folder: at('crash-reports'), versions, troubles });

const owners = {
  settings: {
    start: async () => {
      const settings = new Settings(profile, troubles);
      const { theme } = settings.chosen;
      await settings.change({ ...settings.chosen, theme: 'dark' });
      return theme;
    },
    kept: 'dark',
    part: 'settings',
    readsFiles: true,
    nothing: 'system',
  },
  popupSites: {
    start: async () => {
      const sites = new PopupSites(profile, troubles);
      const allowed = sites.list().map(({ site }) => site);
      for (const { site } of sites.list()) await sites.forget(site);
      await sites.allow('https://a.example/');
      return allowed;
    },
    kept: ['https://a.example'],
    part: 'popup-sites',
    readsFiles: true,
    nothing: [],
  },
  history: {
    start: async () => {
      const visits = history();
      const titles = (await visits.find(all)).visits.map(({ title }) => title);
      visits.add('https://a.example/', 'Alpha');
      await visits.flush();
      return titles.slice(0, 1);
    },
    kept: ['Alpha'],
    part: 'history',
    readsFiles: true,
    nothing: [],
  },
  historyAtTheEnd: {
    start: async () => {
      const visits = history();
      const titles = (await visits.find(all)).visits.map(({ title }) => title);
      visits.add('https://a.example/', 'Alpha');
      visits.finish();
      return titles.slice(0, 1);
    },
    kept: ['Alpha'],
    part: 'history',
    readsFiles: true,
    nothing: [],
  },
  historyAnew: {
    start: async () => {
      const visits = history();
      const { visits: found } = await visits.find(all);
      visits.add('https://a.example/', 'Beta');
      visits.add('https://a.example/', 'Alpha');
      const beta = (await visits.find({ text: 'Beta', before: null })).visits[0];
      await visits.delete(beta?.id ?? 0);
      await visits.flush();
      return found.map(({ title }) => title).slice(0, 1);
    },
    kept: ['Alpha'],
    part: 'history',
    readsFiles: true,
    nothing: [],
  },
  runMarker: {
    start: async () => new RunMarker(profile, versions, troubles).begin()?.pid ?? undefined,
    kept: process.pid,
    part: 'run-marker',
    readsFiles: false,
    nothing: undefined,
  },
  session: {
    start: async () => {
      const files = new SessionFiles(at('session'));
      const { unclean } = files.read();
      for (let turn = 0; turn < 2; turn++) await (await writeWhole(files, recordOfTabs('Alpha'))).close();
      return unclean;
    },
    kept: sessionOfTabs('Alpha'),
    readsFiles: true,
    nothing: undefined,
  },
  sessionAtTheEnd: {
    start: async () => {
      const files = new SessionFiles(at('session'));
      const { unclean } = files.read();
      files.writeSync([recordOfTabs('Alpha')], 'unclean');
      return unclean;
    },
    kept: sessionOfTabs('Alpha'),
    readsFiles: true,
    nothing: undefined,
  },
  crashReports: {
    start: async () => {
      const kept = reports();
      const before = (await kept.list()).reports;
      for (const { id } of before) await kept.delete(id);
      kept.add({ victim: 'tab', name: '', reason: 'killed', signal: null, exitCode: null, pid: 7 });
      await kept.list();
      return before.map(({ pid }) => pid);
    },
    kept: [7],
    readsFiles: false,
    nothing: [],
  },
  log: {
    start: async () => {
      const logFile = new LogFile({ path: at('log/bulkhead.log'), troubles });
      const before = (await logFile.read()).entries.map(({ text }) => text);
      logFile.add(lineOf(new Date(), 'info', 'tab 1', 'Alpha'));
      logFile.begin();
      await new Promise((resolve) => logFile.once('changed', () => resolve(undefined)));
      return before;
    },
    kept: ['Alpha'],
    part: 'log',
    readsFiles: true,
    nothing: [],
  },
  logAtTheEnd: {
    start: async () => {
      const logFile = new LogFile({ path: at('log/bulkhead.log'), troubles });
      const before = (await logFile.read()).entries.map(({ text }) => text);
      logFile.add(lineOf(new Date(), 'info', 'tab 1', 'Alpha'));
      logFile.writeNow();
      return before;
    },
    kept: ['Alpha'],
    part: 'log',
    readsFiles: true,
    nothing: [],
  },
  matrixRuns: {
    start: async () => {
      const files = new MatrixFiles(at('isolation'), troubles);
      const before = await files.list();
      await files.save(run);
      return before.map(({ id }) => id);
    },
    kept: [run.id],
    readsFiles: false,
    nothing: [],
  },
} satisfies Record<string, Owner>;

/** Every file in the profile that the browser itself, not Chromium, reads or writes. */
const files: Record<string, (keyof typeof owners)[]> = {
  'settings.json': ['settings'],
  'settings.json.next': ['settings'],
  'popup-sites.json': ['popupSites'],
  'popup-sites.json.next': ['popupSites'],
  'running.json': ['runMarker'],
  'running.json.next': ['runMarker'],
  'history/visits.jsonl': ['history', 'historyAtTheEnd', 'historyAnew'],
  'history/visits.jsonl.next': ['historyAnew'],
  'session/even': ['session', 'sessionAtTheEnd'],
  'session/odd': ['session', 'sessionAtTheEnd'],
  'session/unfinished': ['session'],
  'session/unfinished-last': ['sessionAtTheEnd'],
  'crash-reports/1-1-1.json': ['crashReports'],
  'crash-reports/1-1-1.json.next': ['crashReports'],
  'log/bulkhead.log': ['log', 'logAtTheEnd'],
  [`isolation/${run.id}.json`]: ['matrixRuns'],
  [`isolation/${run.id}.md`]: ['matrixRuns'],
  [`isolation/${run.id}.json.next`]: ['matrixRuns'],
};
const folders: Record<string, (keyof typeof owners)[]> = {
  history: ['history', 'historyAtTheEnd', 'historyAnew'],
  session: ['session', 'sessionAtTheEnd'],
  'crash-reports': ['crashReports'],
  log: ['log', 'logAtTheEnd'],
  isolation: ['matrixRuns'],
};

const later = new Date(Date.now() + 1000 * 86_400_000);
const link = (target: string) => (place: string) => symlink(target, place);

/** Things that may be in the place of a file. */
const things: Record<string, (place: string) => unknown> = {
  'a pipe': (place) => execFileSync('mkfifo', [place]),
  'a link to a device without end': link('/dev/zero'),
  'a link to a device that is always full': link('/dev/full'),
  'a link to a terminal': link('/dev/tty'),
  'a link that leads nowhere': link('/nowhere/at/all'),
  'a link to itself': (place) => symlink(path.basename(place), place),
  'an empty file': (place) => writeFile(place, ''),
  'a damaged file': (place) => writeFile(place, Buffer.alloc(5000, 'x\0\n')),
  'a huge file': async (place) => {
    await writeFile(place, '');
    await truncate(place, 3 * 1024 ** 3);
  },
  'a file that nobody may read': async (place) => {
    await writeFile(place, 'x');
    await chmod(place, 0);
  },
  'a file of a later day': async (place) => {
    await writeFile(place, '{"at":99999999999999}');
    await utimes(place, later, later);
  },
};
const folderThing = {
  'a folder': async (place: string) => {
    await mkdir(place);
    await writeFile(path.join(place, 'mine'), 'x');
  },
};

const inodeOf = (file: string) => lstatSync(file).ino;

/** Returns the inode of every entry below a folder. */
function inodesBelow(folder: string): number[] {
  return readdirSync(folder, { recursive: true }).map((name) => lstatSync(path.join(folder, String(name))).ino);
}

interface Place {
  place: string;
  owner: Owner;
  /** False for a file that exists only until it is complete. */
  isRead: boolean;
}

async function holds({ place, owner, isRead }: Place): Promise<void> {
  const found = await lstat(place);
  const isOfUse = found.isFile() && (found.size === 0 || !owner.readsFiles);
  const stays = found.isDirectory() || (isRead && !isOfUse);
  await writeFile(at('owned by another program'), 'x');
  expect(await owner.start()).toEqual(owner.nothing);
  if (isRead && owner.part && !found.isFile())
    expect(troubles.all).toEqual([{ part: owner.part, kind: 'unread', why: 'no-file', file: expect.any(Function) }]);
  expect(await owner.start()).toEqual(owner.kept);
  if (stays) expect(inodesBelow(profile), 'the thing that was in its place').toContain(found.ino);
  for (const { file } of troubles.all)
    expect(file && inodeOf(file()), 'the file that the user is shown').toBe(found.ino);
  expect(troubles.all.filter(({ kind }) => kind === 'unwritten')).toEqual([]);
  expect(readdirSync(profile)).toContain('owned by another program');
}

describe.each(Object.entries({ ...things, ...folderThing }))('%s', (_thing, put) => {
  const cases = Object.entries(files).flatMap(([name, names]) => names.map((owner) => [name, owner] as const));
  test.each(cases)('in the place of %s does not stop %s', async (name, owner) => {
    await mkdir(path.dirname(at(name)), { recursive: true });
    await put(at(name));
    await holds({ place: at(name), owner: owners[owner], isRead: !/next$|unfinished/.test(name) });
  });
});

describe.each(Object.entries(things))('%s', (_thing, put) => {
  const cases = Object.entries(folders).flatMap(([name, names]) => names.map((owner) => [name, owner] as const));
  test.each(cases)('in the place of the folder %s does not stop %s', async (name, owner) => {
    await put(at(name));
    await holds({ place: at(name), owner: { ...owners[owner], readsFiles: true }, isRead: true });
  });
});
