import * as v from 'valibot';
import { pageLimits } from './page-limits.ts';
import { bounded, count, milliseconds, pid } from './primitives.ts';
import { aftermath, blockedPopups, deadFrame, pageDialog, tabHang, tabId, tabMemory } from './tab-health.ts';

/** How a tab's process ended, in the terms of a person, with the system's terms beside it. */
export const processEnd = v.strictObject({
  kind: v.picklist([
    'crashed',
    'killed',
    'out-of-memory',
    /** It had more threads than any process needs: the system has no number left for a new process otherwise. */
    'too-many-threads',
    'unresponsive',
    'bad-message',
    /** It went on making system calls that it may not make. */
    'forbidden-calls',
    /** It kept loading itself again. */
    'reload-loop',
    /** Bulkhead failed in what it did for this tab. */
    'internal-error',
    'launch-failed',
    'exited',
  ]),
  /** The process that ended; null when none was ever started. */
  pid: v.nullable(pid),
  /** POSIX name of the signal that ended it, such as 'SIGKILL'; null when none did. */
  signal: v.nullable(bounded(16)),
  /** Exit code as the runtime reports it; null when a signal ended it. */
  exitCode: v.nullable(v.pipe(v.number(), v.integer())),
  /** Wall clock, ms since 1970. */
  at: milliseconds,
  /** An earlier process of the same tab ended less than 10 s before. */
  repeated: v.boolean(),
});
export type ProcessEnd = v.InferOutput<typeof processEnd>;

/** Why the main frame's last navigation brought no page. */
export const loadFailure = v.strictObject({
  /** As it is shown: of one that is too long only its beginning, with a mark. */
  address: bounded(pageLimits.addressLength),
  /** Chromium's net error: its number (below 0) and its name, such as 'ERR_CONNECTION_REFUSED'. */
  code: v.pipe(v.number(), v.integer()),
  name: bounded(pageLimits.errorNameLength),
  /**
   * The page answers a form. `kept`: the form can be sent again. `lost`: the page is of an earlier session, and what
   * was sent is not known any more.
   */
  form: v.nullable(v.picklist(['kept', 'lost'])),
});
export type LoadFailure = v.InferOutput<typeof loadFailure>;

const refused = v.variant('what', [
  /** A link that another program would open, by its scheme, such as `mailto`; empty: of none that is known. */
  v.strictObject({ what: v.literal('link'), scheme: bounded(64) }),
  /** The source of a page that answers a form: the form would have to be sent for it. */
  v.strictObject({ what: v.literal('source') }),
]);

/** What the shell knows of one tab. */
export const tabState = v.strictObject({
  id: tabId,
  title: bounded(pageLimits.titleLength),
  /**
   * Of the document that is shown, or of what the user waits for; without user and password. One that is too long ends
   * in a mark.
   */
  address: bounded(pageLimits.addressLength),
  /** The same to be read: names and paths in their own script, as far as that deceives nobody. */
  shownAddress: bounded(pageLimits.addressLength),
  favicon: v.nullable(bounded(pageLimits.iconLength)),
  /** One of Bulkhead's own pages (`bulkhead://…`). */
  internal: v.boolean(),
  loading: v.boolean(),
  /** A person keeps it at hand: it stands before those that are not. */
  pinned: v.boolean(),
  canGoBack: v.boolean(),
  canGoForward: v.boolean(),
  /** Renderer process; null while there is none: a tab of an earlier session is loaded when it is first shown. */
  pid: v.nullable(pid),
  /** Other tabs that run in the same process (opened by it, opener kept), or that ended with it. */
  sharesProcessWith: v.array(tabId),
  /** Set while the tab has no living process: the shell draws the sad tab. */
  ended: v.nullable(processEnd),
  /** Set while the tab has no page because its address could not be loaded: the shell says why. */
  failed: v.nullable(loadFailure),
  /** False when the renderer has not answered a heartbeat within its deadline. */
  responsive: v.boolean(),
  heartbeat: v.strictObject({ answered: count, lost: count, longestGapMs: milliseconds }),
  /** Set while it does not answer, and nothing that a person opened (a dialog, the developer tools) is why. */
  hang: v.nullable(tabHang),
  /** Last measurement; null while there is no process, or where the system does not tell. */
  memory: v.nullable(tabMemory),
  /** The page's dialog that waits for an answer. */
  dialog: v.nullable(pageDialog),
  /** The user wants to load the answer to a form again, and is asked whether to send the form again. */
  asksToResend: v.boolean(),
  /** It makes the browser do more than a page may, for some time now: it is slowed, and the user may end it. */
  slowsBrowser: v.boolean(),
  /** Its document was cut off on its way: there may be more of it than is shown. */
  cutOff: v.boolean(),
  /** It does not answer, and a debugger is there that may hold it: no hang. */
  debugged: v.boolean(),
  /** The page waits for the system's print window, and is no hang. */
  printing: v.boolean(),
  /** Its page fills the window. */
  fullScreen: v.boolean(),
  /** How to get out of what the page has just taken is to be said: the whole window, or the mouse pointer. */
  leaveHint: v.nullable(v.picklist(['full-screen', 'pointer-lock'])),
  /** Frames of other sites whose processes have gone, in a page that lives. */
  deadFrames: v.pipe(v.array(deadFrame), v.maxLength(pageLimits.mostFrames)),
  /** What the other tabs did while this one's process ended; null while it lives, and until that is known. */
  aftermath: v.nullable(aftermath),
  /** What it was not let open; null when there is nothing to say. */
  blockedPopups: v.nullable(blockedPopups),
  /** What the user has wanted of the page in vain; null when there is nothing to say. */
  refused: v.nullable(refused),
});
export type TabState = v.InferOutput<typeof tabState>;
