import * as v from 'valibot';
import { pageLimits } from './page-limits.ts';
import { bounded, count, milliseconds, pid } from './primitives.ts';
import { aftermath, blockedPopups, deadFrame, pageDialog, tabHang, tabId, tabMemory } from './tab-health.ts';

/** How a tab's process ended, in the user's terms and in the system's terms. */
export const processEnd = v.strictObject({
  kind: v.picklist([
    'crashed',
    'killed',
    'out-of-memory',
    /** It had more threads than any process needs. Without this limit, the system would run out of PIDs. */
    'too-many-threads',
    'unresponsive',
    'bad-message',
    /** It kept making forbidden system calls. */
    'forbidden-calls',
    /** The page kept reloading itself. */
    'reload-loop',
    /** An error in Bulkhead's own code for this tab. */
    'internal-error',
    'launch-failed',
    'exited',
  ]),
  /** PID of the process that ended; null if none was ever started. */
  pid: v.nullable(pid),
  /** POSIX name of the signal that ended it, such as 'SIGKILL'; null if none did. */
  signal: v.nullable(bounded(16)),
  /** Exit code as Electron reports it; null if a signal ended it. */
  exitCode: v.nullable(v.pipe(v.number(), v.integer())),
  /** Wall clock, ms since 1970. */
  at: milliseconds,
  /** Whether an earlier process of the same tab ended less than 10 s before. */
  repeated: v.boolean(),
});
export type ProcessEnd = v.InferOutput<typeof processEnd>;

/** Why the main frame's last navigation failed. */
export const loadFailure = v.strictObject({
  /** Displayed address. One that is too long is cut and ends in a mark. */
  address: bounded(pageLimits.addressLength),
  /** Chromium's net error: its number (below 0) and its name, such as 'ERR_CONNECTION_REFUSED'. */
  code: v.pipe(v.number(), v.integer()),
  name: bounded(pageLimits.errorNameLength),
  /**
   * Set if the page is the answer to a form. `kept`: the form can be sent again. `lost`: the page is from an earlier
   * session, and the form's content is no longer known.
   */
  form: v.nullable(v.picklist(['kept', 'lost'])),
});
export type LoadFailure = v.InferOutput<typeof loadFailure>;

const refused = v.variant('what', [
  /** A link that another program would open: its scheme, such as `mailto`; empty for an unknown scheme. */
  v.strictObject({ what: v.literal('link'), scheme: bounded(64) }),
  /** The source of a page that is the answer to a form: loading it would send the form again. */
  v.strictObject({ what: v.literal('source') }),
]);

/** State of one tab, as the shell sees it. */
export const tabState = v.strictObject({
  id: tabId,
  title: bounded(pageLimits.titleLength),
  /**
   * Address of the document that is shown, or of the one that the user waits for, without user name and password. One
   * that is too long is cut and ends in a mark.
   */
  address: bounded(pageLimits.addressLength),
  /** The address for display: names and paths in their own script, unless that could deceive the user. */
  shownAddress: bounded(pageLimits.addressLength),
  favicon: v.nullable(bounded(pageLimits.iconLength)),
  /** Whether it shows an internal page (`bulkhead://…`). */
  internal: v.boolean(),
  loading: v.boolean(),
  /** Whether the user has pinned it. Pinned tabs come before the others. */
  pinned: v.boolean(),
  canGoBack: v.boolean(),
  canGoForward: v.boolean(),
  /** PID of the renderer; null while there is none, as in a restored tab that was not shown yet. */
  pid: v.nullable(pid),
  /** Other tabs that run in the same process (opened by it with `opener`), or that ended with it. */
  sharesProcessWith: v.array(tabId),
  /** Set while the tab has no living process. The shell then draws the sad tab. */
  ended: v.nullable(processEnd),
  /** Set while the tab has no page because its address could not be loaded. The shell then shows why. */
  failed: v.nullable(loadFailure),
  /** False if the renderer has not answered a heartbeat within its deadline. */
  responsive: v.boolean(),
  heartbeat: v.strictObject({ answered: count, lost: count, longestGapMs: milliseconds }),
  /** Set while it does not answer for no reason of the user's, such as a dialog or the developer tools. */
  hang: v.nullable(tabHang),
  /** Last measurement; null while there is no process, or if the system does not report it. */
  memory: v.nullable(tabMemory),
  /** The page's dialog that waits for an answer. */
  dialog: v.nullable(pageDialog),
  /** Whether the user is asked to confirm sending a form again, because reloading its answer requires that. */
  asksToResend: v.boolean(),
  /** Whether the page has been overloading the browser for some time: it is slowed, and the user may end it. */
  slowsBrowser: v.boolean(),
  /** Whether the load of its document was cut off: part of it may be missing. */
  cutOff: v.boolean(),
  /** Whether it does not answer and an attached debugger may hold it, which is no hang. */
  debugged: v.boolean(),
  /** Whether the page waits for the system's print window, which is no hang. */
  printing: v.boolean(),
  /** Whether its page fills the window. */
  fullScreen: v.boolean(),
  /** Set when the page has just taken the whole window or the mouse pointer. The shell shows how to leave it. */
  leaveHint: v.nullable(v.picklist(['full-screen', 'pointer-lock'])),
  /** Cross-site subframes whose processes have ended, while the page lives. */
  deadFrames: v.pipe(v.array(deadFrame), v.maxLength(pageLimits.mostFrames)),
  /** How other tabs fared while this one's process ended; null while it lives, and until that is known. */
  aftermath: v.nullable(aftermath),
  /** Pop-ups of the page that were blocked; null if there are none to show. */
  blockedPopups: v.nullable(blockedPopups),
  /** The user's last action that the browser refused; null if there is none to show. */
  refused: v.nullable(refused),
});
export type TabState = v.InferOutput<typeof tabState>;
