import * as v from 'valibot';
import { victimKind } from './faults.ts';
import { bounded, count, milliseconds, pid } from './primitives.ts';
import { runtimeVersions } from './runtime-versions.ts';

/** How one process ended, as it is kept in the profile. It names no address of any page. */
export const crashReport = v.strictObject({
  id: bounded(64),
  /** Wall clock, ms since 1970. */
  at: milliseconds,
  victim: v.union([victimKind, v.literal('utility')]),
  /** A plugin's name, or a service's; empty for the others. */
  name: bounded(64),
  reason: bounded(32),
  signal: v.nullable(bounded(16)),
  exitCode: v.nullable(v.pipe(v.number(), v.integer())),
  pid: v.nullable(pid),
  /** What an uncaught exception said, without any address; reports of earlier versions have none. */
  message: v.optional(v.nullable(bounded(512)), null),
  /** How long the process had run, where that is known. */
  livedMs: v.nullable(milliseconds),
  /** Last measured memory of it, KiB. */
  memoryKiB: v.nullable(count),
  /** The matrix has caused it; reports of earlier versions do not say. */
  ofMatrix: v.optional(v.boolean(), false),
  versions: runtimeVersions,
  system: bounded(128),
});
export type CrashReport = v.InferOutput<typeof crashReport>;

export const crashReportList = v.strictObject({
  /** Newest first: 50 at most, as many of the matrix's, and those that are not on the disk. */
  reports: v.pipe(v.array(crashReport), v.maxLength(150)),
  /** False when the folder is there and cannot be read: how many there are is not known. */
  readable: v.boolean(),
  /** Files that are there and cannot be read, or are damaged. */
  unread: count,
  /** Reports of this run that the disk has not taken. */
  unwritten: count,
});
export type CrashReportList = v.InferOutput<typeof crashReportList>;
