import * as v from 'valibot';
import { bounded, count } from './primitives.ts';

/** Least memory that a tab may be left with, KiB. */
export const leastMemoryLimitKiB = 65_536;

/** What a person has chosen; kept in the profile. */
export const settings = v.strictObject({
  /** Light and dark, of the interface and of pages that know both. */
  theme: v.picklist(['system', 'light', 'dark']),
  /** Of the interface; pages of the web are told the system's. */
  language: v.picklist(['system', 'en', 'ko']),
  /** Also a session that was ended by a person is opened at the next start; one that broke off is in any case. */
  openLastSession: v.boolean(),
  keepHistory: v.boolean(),
  keepCrashReports: v.boolean(),
  /** The status bar shows what the plugin reads in the frames of the active tab, which costs that page time. */
  showPluginFigures: v.boolean(),
  /** Memory that one tab's process may use before it is ended, KiB; null for the default. */
  memoryLimitKiB: v.nullable(v.pipe(count, v.minValue(leastMemoryLimitKiB))),
});
export type Settings = v.InferOutput<typeof settings>;

export const settingsState = v.strictObject({
  settings,
  /** The default of the memory limit, a quarter of the machine's memory, KiB. */
  defaultMemoryLimitKiB: count,
  /** The file that they are kept in could not be read: these are the defaults, until somebody changes one. */
  damaged: v.boolean(),
  /** Why they cannot be kept, in the system's words; null while they can. */
  unsaved: v.nullable(bounded(1024)),
});
export type SettingsState = v.InferOutput<typeof settingsState>;
