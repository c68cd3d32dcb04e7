import { rmSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { count, type HeldBecause, milliseconds, pageLimits, pid, runtimeVersions } from '@bulkhead/contracts';
import * as v from 'valibot';
import { log } from '../../log/log.ts';
import { withoutAddresses } from '../../log/log-line.ts';
import { ProfileFile } from '../files/profile-file.ts';
import type { ProfileTroubles } from '../files/profile-troubles.ts';
import type { NewCrashReport } from './crash-reports.ts';

/** Name of the file in the profile. The watchdog sets its modification time when the browser has ended. */
export const runMarkerName = 'running.json';

/** Size limit of the file, many times what it takes. */
const mostBytes = 64 * 1024;

/** A run that ends sooner than this after its start ended early, ms. */
const earlyMs = 30_000;
/** Number of early ends in a row after which nothing is restored. One end during restoring is enough by itself. */
const mostEarlyEnds = 2;

const noted = v.strictObject({
  victim: v.picklist(['browser', 'zygote']),
  reason: v.string(),
  pid: v.nullable(pid),
  message: v.nullable(v.string()),
});
/** How the run ends, noted by the code that saw the cause. */
export type NotedEnd = v.InferOutput<typeof noted>;

/** How far a run came. It shows whether the browser keeps ending during its start. */
const phase = v.picklist([
  /** The first `earlyMs` after the start. */
  'starting',
  /** The first `earlyMs`, while the active page of the last session loads. */
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
    // Earlier versions did not write these two fields.
    phase: v.optional(phase, 'settled'),
    /** Number of runs in a row before this one that ended during their start. */
    earlyEnds: v.optional(count, 0),
  }),
);
type Marker = v.InferOutput<typeof marker>;

/**
 * A file in the profile that exists while the browser runs. A start that finds it knows that the run before did not end
 * cleanly, and reports that. The file is small and written synchronously, so it exists whatever happens next.
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

  /** Begins the run. Returns how the run before ended, or undefined when it ended cleanly. */
  begin(): NewCrashReport | undefined {
    const before = this.#reportOfLast();
    this.#write();
    setTimeout(() => this.#enter('settled'), earlyMs).unref();
    return before;
  }

  /** Why this run must not load the tabs of the last session by itself. Null when it may. */
  get holds(): HeldBecause | null {
    return this.#holds;
  }

  /** Notes that a restored page starts to load: that page may crash the browser. */
  beginRestoring(): void {
    this.#enter('restoring');
  }

  endRestoring(): void {
    if (this.#marker.phase === 'restoring') this.#enter('starting');
  }

  #enter(phase: Marker['phase']): void {
    // Once the end is noted or the file is removed, the phase no longer matters.
    if (this.#ended || this.#marker.noted !== null) return;
    this.#marker.phase = phase;
    this.#write();
  }

  /** Notes that this run is about to end in this way. */
  note(end: NotedEnd): void {
    this.#marker.noted ??= end;
    this.#write();
  }

  /** Removes the file: the run ends cleanly. Does nothing when an unclean end is noted. */
  end(): void {
    if (this.#marker.noted !== null) return;
    this.#ended = true;
    try {
      rmSync(this.#file.path, { force: true });
    } catch (error) {
      // The profile can no longer be written. The rest of the shutdown must still run.
      log.error('cannot remove the run marker, so the next start will report an unclean end:', error);
    }
  }

  /** Never throws. `ProfileTroubles` has already reported a failed write. */
  #write(): void {
    try {
      this.#file.replaceSync(JSON.stringify(this.#marker));
      // Until its end is noted, the file's time is the run's start. The watchdog's later time then shows how long it
      // ran.
      const startedAt = new Date(this.#marker.startedAt);
      if (this.#marker.noted === null) utimesSync(this.#file.path, startedAt, startedAt);
    } catch {} // reported by ProfileFile
  }

  /** Counts the end of the run before, depending on how far that run had come. */
  #countEarlyEnd({ phase, earlyEnds }: Marker): void {
    if (phase === 'settled') return;
    const isRestoring = phase === 'restoring';
    this.#marker.earlyEnds = isRestoring ? Math.max(mostEarlyEnds, earlyEnds + 1) : earlyEnds + 1;
    if (this.#marker.earlyEnds >= mostEarlyEnds) this.#holds = isRestoring ? 'ended-restoring' : 'ended-early';
  }

  #reportOfLast(): NewCrashReport | undefined {
    const found = this.#file.readSync();
    // No file: the last run ended cleanly, or this is the first one. An unreadable file was reported by `ProfileFile`.
    if (!found) return undefined;
    const endedAt = found.modifiedAt;
    const parsed = v.safeParse(marker, found.content.toString());
    // The time is in the future when the clock was put back since.
    const at = Math.min(Math.max(0, endedAt), Date.now());
    const base = { name: '', signal: null, exitCode: null, at };
    // The marker was cut off or edited. Its existence alone shows that the run ended uncleanly.
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
      // Without a watchdog the file's time is the start, with a rounding error of up to 1 ms.
      livedMs: endedAt - startedAt > 1 ? Math.round(endedAt - startedAt) : null,
    };
  }
}

/** Returns the text of an error without the addresses of pages and files. */
export function messageOf(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return withoutAddresses(text.slice(0, 8 * pageLimits.messageLength)).slice(0, pageLimits.messageLength);
}
