import * as v from 'valibot';
import { bounded, count, milliseconds, pid } from './primitives.ts';

/** Parts of the profile. */
export const profilePart = v.picklist([
  'session',
  'settings',
  'popup-sites',
  'history',
  'crash-reports',
  'matrix-runs',
  'run-marker',
  'log',
  /** Files that only Chromium reads. */
  'chromium',
]);
export type ProfilePart = v.InferOutput<typeof profilePart>;

/**
 * A notice about a process other than a tab (it ended, with the cost of that, or it is missing) or about the profile.
 * The user may dismiss it.
 */
export const notice = v.strictObject({
  id: count,
  /** The process that ended, the helper that is missing, or the profile. */
  victim: v.picklist([
    /** The browser's own thread, which the whole window waits for. */
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
  /** Name of the plugin or service; `profilePart` for the profile; empty for other victims. */
  name: bounded(64),
  /**
   * `back`: there is a new process. `waiting`: there is no new process yet. `given-up`: its restart budget is spent,
   * and the user has to start it. `gone`: it stays away until the app starts again. `missing`: it could not be started,
   * and the app runs without it. `continued`: it was stopped from outside, and the browser continued it; for the
   * browser, its own thread stood still and goes on.
   *
   * For the profile, `unread`: the part exists and could not be read. `readable`: an earlier start could not read it,
   * and this one can. `unwritten`: its changes are lost when the app ends.
   *
   * For the sandbox of the network service, `given-up`: the sandbox may be why the service crashes. `missing`: this
   * start runs without it. `gone` and `back`: the user chose that later starts run without it, or with it again.
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
  /** The resource that was too scarce to start it, or the problem with the file; null otherwise. */
  why: v.nullable(
    v.picklist([
      ...['descriptors', 'processes', 'memory', 'other'],
      ...['disk-full', 'refused', 'no-file', 'too-large', 'damaged'],
    ] as const),
  ),
  /**
   * How the process ended. `signal` or `exitCode` has the details. `hung`: it stopped answering and was ended.
   * `stopped`: a signal stopped it. Null if the notice is not about a process.
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
  /**
   * Cost: how long there was no process (or it was stopped), and the longest silence of any tab from then on; null
   * until known.
   */
  downMs: v.nullable(milliseconds),
  longestGapMs: v.nullable(milliseconds),
  /** How often the same has happened since the app started, this time included. */
  times: count,
  /**
   * Action of `followNotice`. `no-sandbox`, `sandbox`: run the network service without or with its sandbox from the
   * next start on. `show-file`: show the file that could not be read in the system's file manager. `open-tabs`: open
   * the tabs of a session that was set aside. Null if there is no action.
   */
  offer: v.nullable(v.picklist(['no-sandbox', 'sandbox', 'show-file', 'open-tabs'])),
});
export type Notice = v.InferOutput<typeof notice>;
