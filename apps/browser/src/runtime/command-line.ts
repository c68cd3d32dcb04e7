import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { type LessonRequest, lessonRequest } from '@bulkhead/ipc-models/lab';
import { hostAddress } from '../omnibox/host-address.ts';

/** The application's arguments. `tools/cli.ts` checks them strictly; here Chromium's switches are ignored. */
export interface CommandLine {
  /** Absolute path of the profile. Undefined for the default one. */
  profile: string | undefined;
  /** Break tabs and plugin on purpose. `full`: the whole matrix of faults. `self-check`: one tab, and measure nothing. */
  drill: 'short' | 'full' | 'self-check' | undefined;
  /** Break tabs and services at random. */
  chaos: ChaosOptions | undefined;
  /** Run as the victim of the matrix of the browser with this PID: hidden, and ends with that browser. */
  victimOf: number | undefined;
  /** Run these lessons of the lab, without a window. */
  lab: LabOptions | undefined;
  /** Folder to which the drill writes `result.json` and `screenshot.png`. */
  drillOutput: string | undefined;
  /** Absolute addresses to open. File paths are converted to `file:` URLs. */
  addresses: string[];
}

/** Lessons to run one after the other. */
export interface LabOptions {
  /** Each lesson with its parameters, its own or common to all. */
  lessons: LessonRequest[];
  /** Limits lower than the lessons' own, by name. Unchecked texts. */
  limits: Readonly<Record<string, string>>;
  /** Absolute path of the folder for `result.json`. */
  output: string;
}

/** A random run. It ends at the first of its two limits. */
export interface ChaosOptions {
  /** The same seed and number of tabs give the same faults. */
  seed: number;
  minutes: number;
  faults: number;
  tabs: number;
}

/** Prefix of the argument with the PID of the browser that starts a victim. */
export const victimSwitch = '--victim-of=';

const options = {
  profile: { type: 'string' },
  drill: { type: 'boolean' },
  'drill-output': { type: 'string' },
  'victim-of': { type: 'string' },
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

/** `args`: the arguments after the application's path. Relative paths are resolved against `workingDirectory`. */
export function parseCommandLine(args: readonly string[], workingDirectory: string): CommandLine {
  const { values, positionals } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true });
  const number = (value: unknown, otherwise: number) => (Number(value) > 0 ? Number(value) : otherwise);
  const folder = (value: unknown) => (typeof value === 'string' ? path.resolve(workingDirectory, value) : undefined);
  return {
    profile: folder(values.profile),
    drill: drillOf(values.drill),
    victimOf: typeof values['victim-of'] === 'string' ? number(values['victim-of'], 0) || undefined : undefined,
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

/** Parses `--drill` or `--drill=KIND`. The parser is not strict, and returns a switch's value as it is. */
function drillOf(value: unknown): CommandLine['drill'] {
  if (value === 'full' || value === 'self-check') return value;
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

/** Parses `name=value` pairs. */
function pairsOf(value: unknown): Record<string, string> {
  const pairs = Array.isArray(value) ? value.map(String) : [];
  return Object.fromEntries(pairs.map((each) => [each.split('=')[0], each.split('=').slice(1).join('=')]));
}

/**
 * Returns an absolute address. An address with a scheme is unchanged. An existing file becomes a `file:` URL, and so
 * does everything that is not a host, so that the page says that it is missing. As in Chrome, an argument is never a
 * search.
 */
function absoluteAddress(argument: string, workingDirectory: string): string {
  if (/^([a-z][a-z0-9+.-]*:\/\/|(about|blob|bulkhead|chrome|data|file|view-source):)/i.test(argument)) return argument;
  const file = path.resolve(workingDirectory, argument);
  const host = existsSync(file) ? undefined : hostAddress(argument);
  return host ?? pathToFileURL(argument.endsWith('/') ? `${file}/` : file).href;
}
