/**
 * A small model checker. It runs algorithms that share memory through every interleaving of their steps, and kills each
 * of them at every step. It reports the shortest trace to a violation.
 *
 * An algorithm is a generator. It yields one operation on shared memory at a time and receives the result; the code in
 * between is private and counts as part of the same step. Memory is sequentially consistent, as JavaScript's Atomics
 * are. Plain reads and writes, which the algorithms order by Atomics, are separate steps. The search is breadth-first
 * over distinct states, so it ends, and the trace of a violation is as short as possible.
 */

/** One step on shared memory: 32-bit words by index. The result is the value before the step; for `store` it is 0. */
export type Operation =
  | { readonly do: 'load'; readonly at: number }
  | { readonly do: 'store'; readonly at: number; readonly value: number }
  | { readonly do: 'exchange'; readonly at: number; readonly value: number }
  | { readonly do: 'compareExchange'; readonly at: number; readonly expected: number; readonly value: number };

export const load = (at: number): Operation => ({ do: 'load', at });
export const store = (at: number, value: number): Operation => ({ do: 'store', at, value });
export const exchange = (at: number, value: number): Operation => ({ do: 'exchange', at, value });
export const compareExchange = (at: number, expected: number, value: number): Operation => ({
  do: 'compareExchange',
  at,
  expected,
  value,
});

/** State of an actor between two turns, as plain data. */
export type Local = Readonly<Record<string, number | boolean>>;

/** One turn of an actor, such as a publish or a read. Returns its new state, or undefined if it has finished. */
export type Turn = Generator<Operation, Local | undefined, number>;

export interface Actor {
  readonly name: string;
  readonly initial: Local;
  turn(local: Local): Turn;
  /** How often it may be killed. Default: never. */
  readonly kills?: number;
  /**
   * How the actor `by`, between two of its turns, replaces this actor when it is dead. `how` may change memory, and
   * returns the state of the replacement. Default: it stays dead.
   */
  readonly replace?: { readonly by: string; readonly how: (memory: number[], survivor: Local, dead: Local) => Local };
}

export interface Model {
  readonly memory: readonly number[];
  readonly actors: readonly Actor[];
  /** Checks every state. `locals` has the actors that are between two turns. Throws Violation if the state is wrong. */
  readonly invariant?: (memory: readonly number[], locals: Readonly<Record<string, Local>>) => void;
  /** Most steps of a turn of an actor that runs alone. With more it is wedged. Default: 40. */
  readonly stepsPerTurn?: number;
}

/** Thrown by a model when it finds an error. */
export class Violation extends Error {
  override readonly name = 'Violation';
}

export interface Verdict {
  readonly states: number;
  readonly violation?: { readonly message: string; readonly trace: readonly string[] };
}

interface ActorState {
  readonly local: Local;
  /** Results of the operations of the current turn. With `local` they determine the exact position in it. */
  readonly results: readonly number[];
  readonly status: 'running' | 'finished' | 'dead';
  readonly kills: number;
}

interface State {
  readonly memory: readonly number[];
  readonly actors: readonly ActorState[];
}

interface Explored {
  readonly state: State;
  readonly from: Explored | undefined;
  readonly step: string;
}

/** Explores a model completely. Throws if it has more than `limit` states. */
export function check(model: Model, limit = 2_000_000): Verdict {
  const start: State = {
    memory: model.memory,
    actors: model.actors.map(({ initial, kills = 0 }) => ({ local: initial, results: [], status: 'running', kills })),
  };
  const seen = new Set([JSON.stringify(start)]);
  let frontier: Explored[] = [{ state: start, from: undefined, step: 'start' }];
  while (frontier.length > 0) {
    const next: Explored[] = [];
    for (const explored of frontier) {
      try {
        inspect(model, explored.state);
        for (const { state, step } of successors(model, explored.state)) {
          const key = JSON.stringify(state);
          if (seen.has(key)) continue;
          if (seen.size >= limit) throw new Error(`more than ${limit} states`);
          seen.add(key);
          next.push({ state, from: explored, step });
        }
      } catch (error) {
        if (!(error instanceof Violation)) throw error;
        return { states: seen.size, violation: { message: error.message, trace: traceOf(explored) } };
      }
    }
    frontier = next;
  }
  return { states: seen.size };
}

/** Runs one turn without interruption and changes `memory`. Shows what the real code must do according to the model. */
export function runTurn(actor: Actor, local: Local, memory: number[]): Local | undefined {
  const turn = actor.turn(local);
  let point = turn.next();
  while (!point.done) point = turn.next(perform(memory, point.value));
  return point.value;
}

/** Yields every possible next state. */
function* successors(model: Model, state: State): Generator<{ state: State; step: string }> {
  for (const [index, actor] of model.actors.entries()) {
    const current = state.actors[index]!;
    if (current.status === 'running') {
      yield advance(model, state, index);
      if (current.kills > 0) {
        const dead = { ...current, results: [], status: 'dead' as const, kills: current.kills - 1 };
        yield { state: withActor(state, index, dead), step: `${actor.name} is killed` };
      }
    }
    if (current.status === 'dead' && actor.replace) {
      const survivor = state.actors[model.actors.findIndex(({ name }) => name === actor.replace?.by)]!;
      if (survivor.status === 'dead' || survivor.results.length > 0) continue;
      const memory = [...state.memory];
      const local = actor.replace.how(memory, survivor.local, current.local);
      const replaced = withActor({ ...state, memory }, index, { ...current, local, status: 'running' });
      yield { state: replaced, step: `${actor.replace.by} has ${actor.name} replaced` };
    }
  }
}

/** Makes one step of one actor. */
function advance(model: Model, state: State, index: number): { state: State; step: string } {
  const actor = model.actors[index]!;
  const current = state.actors[index]!;
  const turn = actor.turn(current.local);
  let point = turn.next();
  for (const result of current.results) point = turn.next(result);
  if (point.done) return { state: withActor(state, index, ended(current, point.value)), step: `${actor.name} idles` };
  const memory = [...state.memory];
  const result = perform(memory, point.value);
  const after = turn.next(result);
  const next = after.done ? ended(current, after.value) : { ...current, results: [...current.results, result] };
  const step = `${actor.name}: ${Object.values(point.value).join(' ')} -> ${result}`;
  return { state: withActor({ ...state, memory }, index, next), step };
}

/** Checks the invariant, and that each living actor can finish its turn while the others stand still. */
function inspect(model: Model, state: State): void {
  const between = model.actors.flatMap(({ name }, index) => {
    const { status, results, local } = state.actors[index]!;
    return status !== 'dead' && results.length === 0 ? [[name, local] as const] : [];
  });
  model.invariant?.(state.memory, Object.fromEntries(between));
  for (const [index, { name }] of model.actors.entries()) {
    let alone = state;
    let steps = 0;
    while (alone.actors[index]?.status === 'running') {
      alone = advance(model, alone, index).state;
      if (alone.actors[index]?.results.length === 0) break;
      steps += 1;
      if (steps > (model.stepsPerTurn ?? 40)) throw new Violation(`${name} is wedged`);
    }
  }
}

function perform(memory: number[], operation: Operation): number {
  const found = memory[operation.at];
  if (found === undefined) throw new Violation(`there is no word ${operation.at}`);
  if (operation.do === 'store' || operation.do === 'exchange') memory[operation.at] = operation.value;
  if (operation.do === 'compareExchange' && found === operation.expected) memory[operation.at] = operation.value;
  return operation.do === 'store' ? 0 : found; // an unused result must not make states different
}

function ended(actor: ActorState, local: Local | undefined): ActorState {
  return local ? { ...actor, local, results: [] } : { ...actor, results: [], status: 'finished' };
}

function withActor(state: State, index: number, actor: ActorState): State {
  return { ...state, actors: state.actors.with(index, actor) };
}

function traceOf(explored: Explored): string[] {
  const steps: string[] = [];
  for (let at: Explored | undefined = explored; at; at = at.from) steps.unshift(at.step);
  return steps;
}
