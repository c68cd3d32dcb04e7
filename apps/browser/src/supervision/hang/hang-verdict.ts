/** Silence after which a tab counts as hanging, ms. The same time again after a dialog. */
export const silenceMs = 3000;

/** A tab that does not answer. Times: wall clock, ms. */
export interface SilentTab {
  /** Since when it does not answer. */
  since: number;
  /** It is not reported before this time, because the user chose to wait, or a dialog was open. Otherwise 0. */
  excusedUntil: number;
  /** A page of its process shows a dialog, prints, or is slowed down by the browser. */
  isHeldUp: boolean;
  /** A debugger holds the page, or may hold it. */
  isDebugged: boolean;
}

/** `held-up`: it gets the usual time again when nothing holds it up any more. */
export type HangVerdict = 'held-up' | 'debugged' | 'too-early' | 'hangs';

/** Decides whether a silent tab hangs. A tab with a visible reason for its silence does not. `now`: wall clock, ms. */
export function hangVerdict({ since, excusedUntil, isHeldUp, isDebugged }: SilentTab, now: number): HangVerdict {
  if (isHeldUp) return 'held-up';
  if (isDebugged) return 'debugged';
  return now < Math.max(since + silenceMs, excusedUntil) ? 'too-early' : 'hangs';
}
