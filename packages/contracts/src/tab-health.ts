import * as v from 'valibot';
import { pageLimits } from './page-limits.ts';
import { bounded, count, milliseconds, pid } from './primitives.ts';

/** Number that identifies a tab while the app runs. */
export const tabId = v.pipe(v.number(), v.integer(), v.minValue(1));

/** A hang: the tab has been silent for longer than the heartbeat's deadline. */
export const tabHang = v.strictObject({
  /** When its last answer came: wall clock, ms since 1970. */
  since: milliseconds,
  /** Whether the process is stopped (SIGSTOP), not busy. A stopped process can be continued. */
  stopped: v.boolean(),
  /** Its JavaScript call stack; null until Electron reports it, or if it cannot. */
  stack: v.nullable(bounded(pageLimits.stackLength)),
  /** All tabs of the process, this one included. Ending the process ends them all. */
  tabs: v.array(tabId),
});
export type TabHang = v.InferOutput<typeof tabHang>;

/** Memory of a tab's process as the browser measures it: resident anonymous memory, KiB. */
export const tabMemory = v.strictObject({
  usedKiB: count,
  limitKiB: count,
  /** Whether it uses over 80 % of the limit. Above the limit, the process is ended. */
  nearLimit: v.boolean(),
});
export type TabMemory = v.InferOutput<typeof tabMemory>;

/** A page's alert, confirm or prompt. It blocks the page until it is answered. */
const scriptDialog = v.strictObject({
  id: count,
  kind: v.picklist(['alert', 'confirm', 'prompt']),
  message: bounded(pageLimits.dialogTextLength),
  /** Initial text in the field of a prompt. */
  text: bounded(pageLimits.dialogTextLength),
  /** Host of the frame that asks; empty if it has none. */
  site: bounded(512),
  /** Whether the frame that asks is embedded in a page of another origin. */
  embedded: v.boolean(),
  /** Number of the dialog within its document, from 1. From the second on, the user may silence them. */
  number: count,
});

/** Asks whether to leave a page that may hold unsaved work. */
const leaveDialog = v.strictObject({ id: count, kind: v.literal('leave') });

/** A server or a proxy asks for a user name and a password. */
const signInDialog = v.strictObject({
  id: count,
  kind: v.literal('sign-in'),
  /** Host, with the port unless it is the default. */
  host: bounded(512),
  /** The server's name for the protected area. */
  realm: bounded(256),
  isProxy: v.boolean(),
  /** Whether the password would be sent unencrypted. */
  insecure: v.boolean(),
  /** Whether the server rejected the last answer. */
  again: v.boolean(),
});

/** A tab's question that waits for the user's answer. A page that waits for an answer does not hang. */
export const pageDialog = v.variant('kind', [scriptDialog, leaveDialog, signInDialog]);
export type ScriptDialog = v.InferOutput<typeof scriptDialog>;
export type SignInDialog = v.InferOutput<typeof signInDialog>;
export type PageDialog = v.InferOutput<typeof pageDialog>;

export const dialogAnswer = v.strictObject({
  accepted: v.boolean(),
  /** Whether to answer further dialogs of this document at once, as not accepted. */
  silence: v.boolean(),
  /** Text that the user typed: the answer to a prompt, or the user name. Otherwise empty. */
  text: bounded(65_536),
  /** Password to sign in; otherwise empty. */
  password: bounded(1024),
});
export type DialogAnswer = v.InferOutput<typeof dialogAnswer>;

/** A cross-site subframe of a living page. The subframe's process has ended. */
export const deadFrame = v.strictObject({
  /** `https://example.org`. */
  origin: bounded(pageLimits.originLength),
  /** PID of the ended process. */
  pid: v.nullable(pid),
});
export type DeadFrame = v.InferOutput<typeof deadFrame>;

/** How other tabs fared while this one ended, from one second before its end until some heartbeats after it. */
export const aftermath = v.strictObject({
  /** Number of other tabs that were watched. */
  tabs: count,
  /**
   * Longest time between two answers of any other tab: around the end, and for comparison in the same time after it.
   */
  longestGapMs: milliseconds,
  usualGapMs: milliseconds,
  heartbeatsLost: count,
});
export type Aftermath = v.InferOutput<typeof aftermath>;

/** Most blocked pop-ups that are counted. */
export const mostBlockedPopups = 100;
/** Number of first blocked pop-ups that can be opened later. */
export const mostListedPopups = 25;

/** Windows that the page tried to open without a gesture of the user, since it was loaded. */
export const blockedPopups = v.strictObject({
  /** `mostBlockedPopups` means that many or more. */
  count: v.pipe(count, v.minValue(1), v.maxValue(mostBlockedPopups)),
  /** Beginnings of the addresses that can be opened. */
  addresses: v.pipe(v.array(bounded(512)), v.maxLength(mostListedPopups)),
  /** Site that the user may allow to open pop-ups; null if the page has none. */
  site: v.nullable(bounded(2048)),
  /** Whether the last pop-up was blocked because `pageLimits.mostOpenedTabs` are open. */
  tooMany: v.boolean(),
});
export type BlockedPopups = v.InferOutput<typeof blockedPopups>;
