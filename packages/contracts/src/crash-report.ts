import * as v from 'valibot';
import { victimKind } from './faults.ts';
import { bounded, count, milliseconds, pid } from './primitives.ts';
import { runtimeVersions } from './runtime-versions.ts';

/** Report of one process's end, as the profile keeps it. It has no address of any page. */
export const crashReport = v.strictObject({
  id: bounded(64),
  /** Wall clock, ms since 1970. */
  at: milliseconds,
  victim: v.union([victimKind, v.literal('utility')]),
  /** Name of the plugin or service; empty for other victims. */
  name: bounded(64),
  reason: bounded(32),
  signal: v.nullable(bounded(16)),
  exitCode: v.nullable(v.pipe(v.number(), v.integer())),
  pid: v.nullable(pid),
  /** Message of an uncaught exception, without addresses; reports of earlier versions have none. */
  message: v.optional(v.nullable(bounded(512)), null),
  /** How long the process ran; null if not known. */
  livedMs: v.nullable(milliseconds),
  /** Its last measured memory, KiB. */
  memoryKiB: v.nullable(count),
  /** Whether the matrix caused the end; reports of earlier versions do not say. */
  ofMatrix: v.optional(v.boolean(), false),
  versions: runtimeVersions,
  system: bounded(128),
});
export type CrashReport = v.InferOutput<typeof crashReport>;

export const crashReportList = v.strictObject({
  /** Newest first: at most 50, at most 50 more that the matrix caused, and those that are not on the disk. */
  reports: v.pipe(v.array(crashReport), v.maxLength(150)),
  /** False if the folder exists and cannot be read: then the number of reports is not known. */
  readable: v.boolean(),
  /** Number of files that cannot be read or are damaged. */
  unread: count,
  /** Number of reports of this run that could not be written. */
  unwritten: count,
});
export type CrashReportList = v.InferOutput<typeof crashReportList>;
