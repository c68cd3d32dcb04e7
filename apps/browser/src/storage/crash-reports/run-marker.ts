import { rmSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { count, type HeldBecause, milliseconds, pid, runtimeVersions } from '@bulkhead/contracts';
import * as v from 'valibot';
import { ProfileFile } from '../files/profile-file.ts';
import type { ProfileTroubles } from '../files/profile-troubles.ts';
import type { NewCrashReport } from './crash-reports.ts';

/** Name of the file in the profile. The watchdog sets its time when the browser has ended. */
export const runMarkerName = 'running.json';

/** Many times what it takes. */
const mostBytes = 64 * 1024;

/** An end that comes sooner than this after the start is an early one, ms. */
const earlyMs = 30_000;
/** After so many early ends in a row nothing is restored. An end during restoring counts as all of them. */
const mostEarlyEnds = 2;

const noted = v.strictObject({
  victim: v.picklist(['browser', 'zygote']),
  reason: v.string(),
  pid: v.nullable(pid),
  message: v.nullable(v.string()),
});
/** How the run ends, as far as anything in it could still tell. */
export type NotedEnd = v.InferOutput<typeof noted>;

/** How far a run has come: a program that ends over and over again is told by it. */
const phase = v.picklist([
  /** Within `earlyMs` of its start. */
  'starting',
  /** The same, and the page of the last session that was in front is loading. */
  'restoring',
  'settled',
]);

const marker = v.pipe(
  v.string(),
  v.parseJson(),
  v.strictObject({
    pid,
    startedAt: milliseconds,
    versions: runtimeVersions,
    noted: v.nullable(noted),
    // Earlier versions wrote neither.
    phase: v.optional(phase, 'settled'),
    /** How many runs before this one, in a row, have ended while they started. */
    earlyEnds: v.optional(count, 0),
  }),
);
type Marker = v.InferOutput<typeof marker>;

/**
 * A file in the profile that is there while the browser runs: the next start that finds it knows that the one before did
 * not end as it should have, and reports it. Small, and written at once, so that it is there whatever comes.
 */
export class RunMarker {
  readonly #file: ProfileFile;
  readonly #marker: Marker;
  #holds: HeldBecause | null = null;
  #ended = false;

  constructor(profile: string, versions: Marker['versions'], troubles: ProfileTroubles) {
    this.#file = new ProfileFile(path.join(profile, runMarkerName), { part: 'run-marker', mostBytes, troubles });
    this.#marker = { pid: process.pid, startedAt: Date.now(), versions, noted: null, phase: 'starting', earlyEnds: 0 };
  }

  /** Begins the run. How the one before ended, where it was not as it should have; undefined otherwise. */
  begin(): NewCrashReport | undefined {
    const before = this.#reportOfLast();
    this.#write();
    setTimeout(() => this.#enter('settled'), earlyMs).unref();
    return before;
  }

  /** Why this run must not load the tabs of the last session by itself; null when it may. */
  get holds(): HeldBecause | null {
    return this.#holds;
  }

  /** The page that is about to load may be what ends the program. */
  beginRestoring(): void {
    this.#enter('restoring');
  }

  endRestoring(): void {
    if (this.#marker.phase === 'restoring') this.#enter('starting');
  }

  #enter(phase: Marker['phase']): void {
    // Once the end is noted, or the file has gone, there is nothing to be added.
    if (this.#ended || this.#marker.noted !== null) return;
    this.#marker.phase = phase;
    this.#write();
  }

  /** This run is about to end in this way. */
  note(end: NotedEnd): void {
    this.#marker.noted ??= end;
    this.#write();
  }

  /** The run ends as it should; unless something else has been noted. */
  end(): void {
    if (this.#marker.noted !== null) return;
    this.#ended = true;
    try {
      rmSync(this.#file.path, { force: true });
    } catch (error) {
      // The profile cannot be written any more. That is no reason to end otherwise, with all that is still to be done.
      console.error('bulkhead: that this run ends as it should will not be known:', error);
    }
  }

  /** What cannot be kept is not reported: a profile that cannot be written has worse to tell, and tells it elsewhere. */
  #write(): void {
    try {
      this.#file.replaceSync(JSON.stringify(this.#marker));
      // As old as the run, until its end is noted: so the two are told apart, however short the run was.
      const startedAt = new Date(this.#marker.startedAt);
      if (this.#marker.noted === null) utimesSync(this.#file.path, startedAt, startedAt);
    } catch {} // said
  }

  /** Takes into account how far the run before had come when it ended. */
  #countEarlyEnd({ phase, earlyEnds }: Marker): void {
    if (phase === 'settled') return;
    const isRestoring = phase === 'restoring';
    this.#marker.earlyEnds = isRestoring ? Math.max(mostEarlyEnds, earlyEnds + 1) : earlyEnds + 1;
    if (this.#marker.earlyEnds >= mostEarlyEnds) this.#holds = isRestoring ? 'ended-restoring' : 'ended-early';
  }

  #reportOfLast(): NewCrashReport | undefined {
    const found = this.#file.readSync();
    // There is none: the last run ended as it should, or there was none. What cannot be read says nothing, and is said.
    if (!found) return undefined;
    const endedAt = found.modifiedAt;
    const parsed = v.safeParse(marker, found.content.toString());
    // A later day, where the clock has been put back since.
    const at = Math.min(Math.max(0, endedAt), Date.now());
    const base = { name: '', signal: null, exitCode: null, at };
    // Killed while it was written, or by hand: that there is one is what counts.
    if (!parsed.success) return { ...base, victim: 'browser', reason: 'unknown', pid: null };
    const { startedAt, versions, noted: end } = parsed.output;
    this.#countEarlyEnd(parsed.output);
    const victim = end?.victim ?? 'browser';
    return {
      ...base,
      versions,
      victim,
      reason: end?.reason ?? 'unknown',
      pid: end ? end.pid : parsed.output.pid,
      message: end?.message ?? null,
      // Without a watchdog the file is as old as the run; its time may be a rounding off.
      livedMs: endedAt - startedAt > 1 ? Math.round(endedAt - startedAt) : null,
    };
  }
}

/** What an error says, without the address of any page or file. */
export function messageOf(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return text
    .replaceAll(/\b[a-z][a-z\d+.-]*:\/\/[^\s'"<>]*/gi, '…')
    .replaceAll(/\b(data|blob|javascript|about|mailto|view-source):[^\s'"<>]*/gi, '…')
    .replaceAll(/(?<![\w.])\/[\w.-]+\/[^\s'"<>:]*/g, '…')
    .slice(0, 512);
}
