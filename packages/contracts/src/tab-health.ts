import * as v from 'valibot';
import { pageLimits } from './page-limits.ts';
import { bounded, count, milliseconds, pid } from './primitives.ts';

/** A number that names a tab for as long as the program runs. */
export const tabId = v.pipe(v.number(), v.integer(), v.minValue(1));

/** A tab that does not answer: it has been silent for longer than the heartbeat's deadline. */
export const tabHang = v.strictObject({
  /** When its last answer came: wall clock, ms since 1970. */
  since: milliseconds,
  /** The process is stopped (SIGSTOP), not busy: it can be told to continue. */
  stopped: v.boolean(),
  /** What its JavaScript is doing; null until the runtime tells, or when it cannot. */
  stack: v.nullable(bounded(pageLimits.stackLength)),
  /** Every tab of that process, this one included: ending it ends them all. */
  tabs: v.array(tabId),
});
export type TabHang = v.InferOutput<typeof tabHang>;

/** Memory of a tab's process as the browser measures it: resident and its own (anonymous), KiB. */
export const tabMemory = v.strictObject({
  usedKiB: count,
  limitKiB: count,
  /** Over 80 % of the limit: above the limit its process is ended. */
  nearLimit: v.boolean(),
});
export type TabMemory = v.InferOutput<typeof tabMemory>;

/** A page's alert, confirm or prompt. The page stands still until it is answered. */
const scriptDialog = v.strictObject({
  id: count,
  kind: v.picklist(['alert', 'confirm', 'prompt']),
  message: bounded(pageLimits.dialogTextLength),
  /** What the field of a prompt starts with. */
  text: bounded(pageLimits.dialogTextLength),
  /** Host of the frame that asks; empty where it has none. */
  site: bounded(512),
  /** The frame that asks is embedded in a page of another origin. */
  embedded: v.boolean(),
  /** Which one of this document it is, counted from 1: from the second on it may be silenced. */
  number: count,
});

/** The page may hold something that the user would lose: may it be left? */
const leaveDialog = v.strictObject({ id: count, kind: v.literal('leave') });

/** A server, or a proxy, wants a name and a password. */
const signInDialog = v.strictObject({
  id: count,
  kind: v.literal('sign-in'),
  /** With the port, where that is not the usual one. */
  host: bounded(512),
  /** What the server calls the place that is protected. */
  realm: bounded(256),
  isProxy: v.boolean(),
  /** What the user types can be read on the way. */
  insecure: v.boolean(),
  /** The last answer was not taken. */
  again: v.boolean(),
});

/** A question of a tab that waits for the user's answer. A page that waits for one does not hang. */
export const pageDialog = v.variant('kind', [scriptDialog, leaveDialog, signInDialog]);
export type ScriptDialog = v.InferOutput<typeof scriptDialog>;
export type SignInDialog = v.InferOutput<typeof signInDialog>;
export type PageDialog = v.InferOutput<typeof pageDialog>;

export const dialogAnswer = v.strictObject({
  accepted: v.boolean(),
  /** Answer further dialogs of this document at once, as not accepted. */
  silence: v.boolean(),
  /** What the user typed: the answer to a prompt, or the name to sign in by. Else empty. */
  text: bounded(65_536),
  /** To sign in by; else empty. */
  password: bounded(1024),
});
export type DialogAnswer = v.InferOutput<typeof dialogAnswer>;

/** A cross-site frame of a living page whose process has gone. */
export const deadFrame = v.strictObject({
  /** `https://example.org`. */
  origin: bounded(pageLimits.originLength),
  /** The process that it had. */
  pid: v.nullable(pid),
});
export type DeadFrame = v.InferOutput<typeof deadFrame>;

/** What the other tabs did while this one ended: from its last second on until some heartbeats after. */
export const aftermath = v.strictObject({
  /** How many others were watched. */
  tabs: count,
  /** Longest time between two answers of any of them, and how long it usually is. */
  longestGapMs: milliseconds,
  usualGapMs: milliseconds,
  heartbeatsLost: count,
});
export type Aftermath = v.InferOutput<typeof aftermath>;

/** More than this is not counted. */
export const mostBlockedPopups = 100;
/** The first ones can be opened later. */
export const mostListedPopups = 25;

/** Windows that the page wanted to open without a gesture of the user, since it was loaded. */
export const blockedPopups = v.strictObject({
  /** `mostBlockedPopups` stands for that many or more. */
  count: v.pipe(count, v.minValue(1), v.maxValue(mostBlockedPopups)),
  /** Beginnings of the addresses that can be opened. */
  addresses: v.pipe(v.array(bounded(512)), v.maxLength(mostListedPopups)),
  /** The site to allow pop-ups of; null when the page has none. */
  site: v.nullable(bounded(2048)),
  /** The last one was blocked because `pageLimits.mostOpenedTabs` are open. */
  tooMany: v.boolean(),
});
export type BlockedPopups = v.InferOutput<typeof blockedPopups>;
