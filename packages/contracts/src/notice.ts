import * as v from 'valibot';
import { bounded, count, milliseconds, pid } from './primitives.ts';

/** What is kept in the profile. */
export const profilePart = v.picklist([
  'session',
  'settings',
  'popup-sites',
  'history',
  'crash-reports',
  'matrix-runs',
  'run-marker',
  /** Files that only the runtime reads. */
  'chromium',
]);
export type ProfilePart = v.InferOutput<typeof profilePart>;

/** A quiet word about a process that is no tab: it ended, and what that cost, or it is missing; or about the profile. The user may dismiss it. */
export const notice = v.strictObject({
  id: count,
  /** Whose process it was, or which helper is missing. */
  victim: v.picklist([
    /** Its own thread, which the whole window waits for. */
    'browser',
    'gpu',
    'network',
    'network-sandbox',
    'zygote',
    'shell',
    'plugin',
    'utility',
    'watchdog',
    'process-guard',
    'shared-memory',
    'profile',
  ]),
  /** A plugin's name, or the service's; `profilePart` for the profile; empty for the others. */
  name: bounded(64),
  /**
   * `back`: there is a new process. `waiting`: not yet. `given-up`: its budget is spent, a person has to start it.
   * `gone`: nothing starts it again before the program does. `missing`: it could not be started, and the program runs
   * without it. `continued`: somebody had stopped it, and it was let go on;
   * of the browser, its own thread had stood still, and goes on. Of the profile, `unread`: it is there and
   * could not be read. `readable`: it could not be read by an earlier start, and can be now. `unwritten`: what is new of
   * it is lost when the program ends. Of the sandbox of the network service, `given-up`: it may be why that crashes.
   * `missing`: this start does without it. `gone` and `back`: the next starts do without it, or have it again, as the
   * user has chosen.
   */
  outcome: v.picklist([
    'waiting',
    'back',
    'given-up',
    'gone',
    'missing',
    'continued',
    'unread',
    'readable',
    'unwritten',
  ]),
  /** What there was too little of for it to be started, or what is wrong with the file; null otherwise. */
  why: v.nullable(
    v.picklist([
      ...['descriptors', 'processes', 'memory', 'other'],
      ...['disk-full', 'refused', 'no-file', 'too-large', 'damaged'],
    ] as const),
  ),
  /**
   * How: the reason, the signal's name or the exit code. `hung`: it stopped answering and was ended. `stopped`: by a
   * signal. Null where there is no process.
   */
  how: v.nullable(
    v.picklist([
      ...['crashed', 'killed', 'exited', 'hung', 'bad-message', 'forbidden-calls', 'out-of-memory'],
      ...['too-many-threads', 'launch-failed', 'stopped'],
    ] as const),
  ),
  signal: v.nullable(bounded(16)),
  exitCode: v.nullable(v.pipe(v.number(), v.integer())),
  /** The process that ended, and the one that took its place. */
  pid: v.nullable(pid),
  newPid: v.nullable(pid),
  /** Wall clock, ms since 1970. */
  at: milliseconds,
  /** What it cost: how long there was none (or it was stopped), and the longest silence of any tab from then on; null until known. */
  downMs: v.nullable(milliseconds),
  longestGapMs: v.nullable(milliseconds),
  /** How often the same has happened since the program started, this time included. */
  times: count,
  /**
   * What `followNotice` does: have the network service run without its sandbox from the next start on, or in it again;
   * show the file that could not be read in the system's file manager; or open the tabs of a session that was set aside.
   * Null where there is nothing to do.
   */
  offer: v.nullable(v.picklist(['no-sandbox', 'sandbox', 'show-file', 'open-tabs'])),
});
export type Notice = v.InferOutput<typeof notice>;
