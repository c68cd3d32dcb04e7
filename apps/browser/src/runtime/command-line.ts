import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { type LessonRequest, lessonRequest } from '@bulkhead/ipc-models/lab';
import { hostAddress } from '../omnibox/host-address.ts';

/** What the application is started with. `tools/cli.ts` is strict about it; here switches meant for Chromium pass by. */
export interface CommandLine {
  /** Folder of the profile, absolute; undefined for the default one. */
  profile: string | undefined;
  /** Injure tabs and plugin on purpose; `full`: the whole matrix of faults. */
  drill: 'short' | 'full' | undefined;
  /** Break tabs and services at random. */
  chaos: ChaosOptions | undefined;
  /** Be broken by the matrix of the browser with this PID: no window on the screen, and no life without that browser. */
  subjectOf: number | undefined;
  /** Run these lessons of the lab, without a window. */
  lab: LabOptions | undefined;
  /** Folder that the drill writes `result.json` and `screenshot.png` to. */
  drillOutput: string | undefined;
  /** Addresses to open, absolute: file paths have become `file:` URLs. */
  addresses: string[];
}

/** Lessons to run one after the other. */
export interface LabOptions {
  /** Each with what was set of its parameters, by itself or for all. */
  lessons: LessonRequest[];
  /** Lower limits than their own, by name: texts, to be checked against them. */
  limits: Readonly<Record<string, string>>;
  /** Folder that `result.json` is written to, absolute. */
  output: string;
}

/** A random run: it ends with whichever of the two limits comes first. */
export interface ChaosOptions {
  /** The same seed, and the same number of tabs, give the same faults. */
  seed: number;
  minutes: number;
  faults: number;
  tabs: number;
}

/** What stands before the PID of the browser that another one is started for. */
export const subjectSwitch = '--subject-of=';

const options = {
  profile: { type: 'string' },
  drill: { type: 'boolean' },
  'drill-output': { type: 'string' },
  'subject-of': { type: 'string' },
  lab: { type: 'string' },
  'lab-output': { type: 'string' },
  set: { type: 'string', multiple: true },
  limit: { type: 'string', multiple: true },
  chaos: { type: 'boolean' },
  seed: { type: 'string' },
  minutes: { type: 'string' },
  faults: { type: 'string' },
  tabs: { type: 'string' },
} as const;

/** `args` are those behind the application's path. Relative paths are taken from `workingDirectory`. */
export function parseCommandLine(args: readonly string[], workingDirectory: string): CommandLine {
  const { values, positionals } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true });
  const number = (value: unknown, otherwise: number) => (Number(value) > 0 ? Number(value) : otherwise);
  const folder = (value: unknown) => (typeof value === 'string' ? path.resolve(workingDirectory, value) : undefined);
  return {
    profile: folder(values.profile),
    drill: drillOf(values.drill),
    subjectOf: typeof values['subject-of'] === 'string' ? number(values['subject-of'], 0) || undefined : undefined,
    drillOutput: folder(values['drill-output']),
    chaos: values.chaos
      ? {
          seed: number(values.seed, 1),
          minutes: number(values.minutes, 1),
          faults: number(values.faults, Number.POSITIVE_INFINITY),
          tabs: number(values.tabs, 12),
        }
      : undefined,
    lab: labOf(values, folder(values['lab-output'])),
    addresses: positionals.map((positional) => absoluteAddress(positional, workingDirectory)),
  };
}

/** `--drill` or `--drill=full`; the parser, not being strict, gives a switch's value as it stands. */
function drillOf(value: unknown): CommandLine['drill'] {
  if (value === 'full') return 'full';
  return value === undefined || value === false ? undefined : 'short';
}

function labOf(values: Record<string, unknown>, output: string | undefined): LabOptions | undefined {
  if (typeof values.lab !== 'string' || output === undefined) return undefined;
  const forAll = pairsOf(values.set);
  const lessons = values.lab.split(',').map((each) => {
    const { lesson, parameters } = lessonRequest(each);
    return { lesson, parameters: { ...forAll, ...parameters } };
  });
  return { lessons, limits: pairsOf(values.limit), output };
}

/** `name=value` each. */
function pairsOf(value: unknown): Record<string, string> {
  const pairs = Array.isArray(value) ? value.map(String) : [];
  return Object.fromEntries(pairs.map((each) => [each.split('=')[0], each.split('=').slice(1).join('=')]));
}

/**
 * What has a scheme stays as it is. A file that is there becomes a `file:` URL, and so does everything that is no host:
 * what is missing is said then. Here nothing is a search, as in Chrome.
 */
function absoluteAddress(argument: string, workingDirectory: string): string {
  if (/^([a-z][a-z0-9+.-]*:\/\/|(about|blob|bulkhead|chrome|data|file|view-source):)/i.test(argument)) return argument;
  const file = path.resolve(workingDirectory, argument);
  const host = existsSync(file) ? undefined : hostAddress(argument);
  return host ?? pathToFileURL(argument.endsWith('/') ? `${file}/` : file).href;
}
