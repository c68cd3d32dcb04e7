import type { ConfinementNeed, LessonPace } from '@bulkhead/contracts';

/** A parameter that the learner can set: a whole number, or one of several options. */
export type ParameterDeclaration =
  | { readonly kind: 'whole'; readonly minimum: number; readonly maximum: number; readonly default: number }
  | { readonly kind: 'choice'; readonly options: readonly string[]; readonly default: string };

export type ParameterDeclarations = Readonly<Record<string, ParameterDeclaration>>;

export type ParametersOf<Declarations extends ParameterDeclarations> = {
  readonly [Name in keyof Declarations]: Declarations[Name] extends {
    kind: 'choice';
    options: readonly (infer Option)[];
  }
    ? Option
    : Declarations[Name] extends { kind: 'whole' }
      ? number
      : string | number;
};

/**
 * The texts of a lesson in one language, by key:
 *
 *     title  idea (a few sentences)  question  answer.ID  outcome.ID (shown if that answer was right)
 *     role.NAME  parameter.NAME  choice.PARAMETER.OPTION  figure.NAME  note.KEY, and keys that figures use
 *
 * `{{name}}` is replaced by a fact, a parameter or a value of a note.
 */
export type Words = Readonly<Record<string, string>>;

export interface Lesson<Declarations extends ParameterDeclarations = ParameterDeclarations> {
  /** Its address is bulkhead://ipc-lab/ID. Also its name for `npm run lab`. */
  readonly id: string;
  /** Number of the chapter's statement that it proves, 1 to 8. */
  readonly statement: number;
  readonly parameters: Declarations;
  /** Roles of its processes. The program of a role is in ROLE.ts, and in C, as in the chapter, in ROLE.c. */
  readonly roles: readonly string[];
  /** Answers that the learner can predict. The run ends with one of them. */
  readonly answers: readonly string[];
  readonly words: { readonly en: Words; readonly ko: Words };
  readonly limits: LessonLimits;
  /**
   * True if it makes system calls of Linux or reads /proc. It runs only on Linux, and its processes keep `system-calls`
   * when they are confined.
   */
  readonly needsLinux?: true;
  /** Needs that its processes keep when they are confined, besides memory and their channels. */
  readonly needs?: readonly ConfinementNeed[];
  /** Settings that lead to another lesson: by parameter and value, its id. The other parameters are passed on. */
  readonly elsewhere?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Id of a lesson about what a killed process leaves behind. */
  readonly whenKilled?: string;
}

/** A run ends when it reaches one of these limits. */
export interface LessonLimits {
  /** Time since its start or, in steps, since the learner's last command. */
  readonly seconds: number;
  /** Processor time of all its processes together, over the same period. Default: `seconds`. */
  readonly cpuSeconds: number;
  /** Resident memory of each process, MiB. */
  readonly memoryMiB: number;
}

interface LessonOptions<Declarations extends ParameterDeclarations, English extends Words>
  extends Omit<Lesson<Declarations>, 'words' | 'limits'> {
  readonly words: { readonly en: English; readonly ko: { readonly [Key in keyof English]: string } };
  readonly limits?: Partial<LessonLimits>;
}

/** Declares a lesson: the data that pages, the browser and its programs share. It has no behaviour. */
export function lesson<const Declarations extends ParameterDeclarations, const English extends Words>(
  options: LessonOptions<Declarations, English>,
): Lesson<Declarations> {
  const { seconds = 60, cpuSeconds = seconds, memoryMiB = 512 } = options.limits ?? {};
  const needs: ConfinementNeed[] = [
    ...(options.needsLinux ? (['system-calls'] as const) : []),
    ...(options.needs ?? []),
  ];
  return { ...options, needs, limits: { seconds, cpuSeconds, memoryMiB } };
}

/** Returns true if the lesson runs on this platform (a value of `process.platform`). */
export const runsOn = ({ needsLinux }: Pick<Lesson, 'needsLinux'>, platform: string): boolean =>
  platform === 'linux' || !needsLinux;

/** Time limit of a stepped or slowed run: a lecturer may talk at each line. Its processes wait or spin meanwhile. */
const unhurriedSeconds = 900;

/** Returns the limits of a run at this pace. */
export const limitsAt = ({ limits }: Pick<Lesson, 'limits'>, pace: LessonPace): LessonLimits =>
  pace.kind === 'run' ? limits : { ...limits, seconds: unhurriedSeconds, cpuSeconds: unhurriedSeconds };

/** Returns the lesson with lower limits, given as texts or numbers; undefined for an unknown or a higher limit. */
export function withLowerLimits(subject: Lesson, given: Readonly<Record<string, string | number>>): Lesson | undefined {
  const limits: Record<string, number> = { ...subject.limits };
  for (const [name, value] of Object.entries(given)) {
    const [number, own] = [Number(value), Object.hasOwn(limits, name) ? limits[name] : undefined];
    if (own === undefined || !(number > 0) || number > own) return undefined;
    limits[name] = number;
  }
  return { ...subject, limits: limits as unknown as LessonLimits };
}

/** Returns the lesson's parameters from given texts (as in an address) or values; undefined if one is out of range. */
export function parametersOf(
  { parameters }: Pick<Lesson, 'parameters'>,
  given: Readonly<Record<string, string | number>>,
): Record<string, string | number> | undefined {
  const values: Record<string, string | number> = {};
  for (const name of Object.keys(given)) if (!Object.hasOwn(parameters, name)) return undefined;
  for (const [name, declaration] of Object.entries(parameters)) {
    const value = Object.hasOwn(given, name) ? given[name] : declaration.default;
    const valid = validValue(declaration, value);
    if (valid === undefined) return undefined;
    values[name] = valid;
  }
  return values;
}

function validValue(declaration: ParameterDeclaration, value: unknown): string | number | undefined {
  if (declaration.kind === 'choice') return declaration.options.find((option) => option === value);
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number)) return undefined;
  return number >= declaration.minimum && number <= declaration.maximum ? number : undefined;
}
