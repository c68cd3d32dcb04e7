import * as v from 'valibot';
import { bounded, count } from './primitives.ts';

/** Smallest memory limit that can be set for a tab, KiB. */
export const leastMemoryLimitKiB = 65_536;

/** The user's settings, kept in the profile. */
export const settings = v.strictObject({
  /** Colour theme of the interface, and of pages that support both. */
  theme: v.picklist(['system', 'light', 'dark']),
  /** Language of the interface. Web pages get the system's language. */
  language: v.picklist(['system', 'en', 'ko']),
  /** Whether the next start opens a session that the user ended. A session with an unclean end is always opened. */
  openLastSession: v.boolean(),
  keepHistory: v.boolean(),
  keepCrashReports: v.boolean(),
  /** Whether the status bar shows the plugin's findings on the active tab's frames, which slows that page down. */
  showPluginFigures: v.boolean(),
  /** Memory that one tab's process may use before it is ended, KiB; null for the default. */
  memoryLimitKiB: v.nullable(v.pipe(count, v.minValue(leastMemoryLimitKiB))),
});
export type Settings = v.InferOutput<typeof settings>;

export const settingsState = v.strictObject({
  settings,
  /** Default memory limit: a quarter of the machine's memory, KiB. */
  defaultMemoryLimitKiB: count,
  /** Whether the settings file could not be read. Then these are the defaults, until the user changes one. */
  damaged: v.boolean(),
  /** Why the settings cannot be saved, in the system's words; null while they can. */
  unsaved: v.nullable(bounded(1024)),
});
export type SettingsState = v.InferOutput<typeof settingsState>;
