import type { ConfinementNeed, LessonPace } from '@bulkhead/contracts';

/** What a learner may set: a whole number, or one of some. */
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
 * One language's words of a lesson, by key:
 *
 *     title  idea (a few sentences)  question  answer.ID  outcome.ID (said when that answer came true)
 *     role.NAME  parameter.NAME  choice.PARAMETER.OPTION  figure.NAME  note.KEY, and what figures name
 *
 * `{{name}}` is filled by facts, parameters or a note's values.
 */
export type Words = Readonly<Record<string, string>>;

export interface Lesson<Declarations extends ParameterDeclarations = ParameterDeclarations> {
  /** Its address: bulkhead://ipc-lab/ID, and its name for `npm run lab`. */
  readonly id: string;
  /** The chapter's statement that it proves, as the lab counts them: 1 to 8. */
  readonly statement: number;
  readonly parameters: Declarations;
  /** Programs of its processes, by the names of their files: ROLE.ts, and in C as the chapter has it ROLE.c. */
  readonly roles: readonly string[];
  /** What a learner may predict; the run answers with one of them. */
  readonly answers: readonly string[];
  readonly words: { readonly en: Words; readonly ko: Words };
  readonly limits: LessonLimits;
  /**
   * It makes Linux's own system calls, or reads what Linux alone tells of a process: elsewhere it cannot be run, and its
   * processes keep `system-calls`.
   */
  readonly needsLinux?: true;
  /** What its processes keep when they are locked down, before their programs run, beside memory and their channels. */
  readonly needs?: readonly ConfinementNeed[];
  /** Settings that are a lesson of their own, by the parameter's name and its value: that one's id, which takes the rest. */
  readonly elsewhere?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Another one, on what a process leaves behind that is killed as one of this may be. */
  readonly whenKilled?: string;
}

/** A lesson ends at these, whatever it does. */
export interface LessonLimits {
  /** From its start, or from a learner's last word to it while it is stepped. */
  readonly seconds: number;
  /** Processor time of all its processes together, from the same moment on; as many as `seconds` where it names none. */
  readonly cpuSeconds: number;
  /** Resident memory of each of its processes, MiB. */
  readonly memoryMiB: number;
}

interface LessonOptions<Declarations extends ParameterDeclarations, English extends Words>
  extends Omit<Lesson<Declarations>, 'words' | 'limits'> {
  readonly words: { readonly en: English; readonly ko: { readonly [Key in keyof English]: string } };
  readonly limits?: Partial<LessonLimits>;
}

/** Declares a lesson: what pages, the browser and its programs know of it in common. No behaviour. */
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

/** Whether it can be run on this system, named as Node names it. */
export const runsOn = ({ needsLinux }: Pick<Lesson, 'needsLinux'>, platform: string): boolean =>
  platform === 'linux' || !needsLinux;

/** For who steps or slows a run: a lecturer talks at each line. Its processes stand still meanwhile, or spin. */
const unhurriedSeconds = 900;

/** The limits of a run at this pace. */
export const limitsAt = ({ limits }: Pick<Lesson, 'limits'>, pace: LessonPace): LessonLimits =>
  pace.kind === 'run' ? limits : { ...limits, seconds: unhurriedSeconds, cpuSeconds: unhurriedSeconds };

/** A lesson with lower limits, as texts or numbers; undefined where one is none of its limits, or not below its own. */
export function withLowerLimits(subject: Lesson, given: Readonly<Record<string, string | number>>): Lesson | undefined {
  const limits: Record<string, number> = { ...subject.limits };
  for (const [name, value] of Object.entries(given)) {
    const [number, own] = [Number(value), Object.hasOwn(limits, name) ? limits[name] : undefined];
    if (own === undefined || !(number > 0) || number > own) return undefined;
    limits[name] = number;
  }
  return { ...subject, limits: limits as unknown as LessonLimits };
}

/** A lesson's parameters with what was given, as texts (of an address, say) or values; undefined when one is out of its range. */
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
