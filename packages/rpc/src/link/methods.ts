import * as v from 'valibot';
import type {
  CallDeclaration,
  Contract,
  PushDeclaration,
  Schema,
  Schemas,
  StreamDeclaration,
} from '../contract/declarations.ts';
import { carriesBinary, carriesHandles } from '../contract/schemas.ts';
import type { MethodKind } from '../taps/counters.ts';
import { type QuickCheck, quickCheck } from '../wire/quick-check.ts';
import { type Limits, limitsFor } from './limits.ts';

const defaultDeadlineMs = 10_000;
const defaultHighWaterMark = 16;

/** Schema of one place in a message, prepared for use. */
export interface Body {
  /** Name of the place in errors: 'tab-host.navigate'. */
  readonly where: string;
  readonly schema: Schema;
  /** Accepts most valid values at little cost. */
  readonly check: QuickCheck;
  readonly handles: boolean;
  readonly binary: boolean;
  /** Whether the place is always empty, so that a handler's return value is ignored. */
  readonly isNothing: boolean;
  readonly maxBytes: number;
}

export function makeBody(where: string, schema: Schema, maxBytes: number): Body {
  const isNothing = schema.type === 'undefined';
  const [handles, binary] = [carriesHandles(schema), carriesBinary(schema)];
  return { where, schema, maxBytes, isNothing, handles, binary, check: quickCheck(schema) };
}

export interface Method {
  readonly name: string;
  readonly kind: MethodKind;
  /** Index of its counters. */
  readonly index: number;
  readonly arity: number;
  readonly input: Body;
}

export interface Call extends Method {
  readonly output: Body;
  readonly deadlineMs: number;
}

export interface Stream extends Method {
  readonly item: Body;
  readonly highWaterMark: number;
}

/** All methods of a port by name. They are in maps, so that no name reaches a prototype. */
export interface Methods {
  readonly all: readonly Method[];
  readonly calls: ReadonlyMap<string, Call>;
  readonly pushesToServer: ReadonlyMap<string, Method>;
  readonly pushesToCaller: ReadonlyMap<string, Method>;
  readonly streams: ReadonlyMap<string, Stream>;
  /** Limits on what the server takes from its caller. */
  readonly serverLimits: Limits;
  /** Limits on what the caller takes from its server. */
  readonly callerLimits: Limits;
}

const prepared = new WeakMap<Contract, Methods>();

/** Returns a contract's methods. They are prepared once. */
export function methodsOf(contract: Contract): Methods {
  let methods = prepared.get(contract);
  if (!methods) {
    methods = prepare(contract);
    prepared.set(contract, methods);
  }
  return methods;
}

function prepare({ name: contractName, definition }: Contract): Methods {
  const serverLimits = limitsFor(definition.trust, definition.limits);
  const callerLimits = limitsFor(definition.serverTrust ?? 'full', definition.limits);
  const all: Method[] = [];

  function table<Declaration, Ready extends Method>(
    group: Readonly<Record<string, Declaration>> | undefined,
    ready: (name: string, declaration: Declaration) => Ready,
  ): Map<string, Ready> {
    const entries = Object.entries(group ?? {}).map(([name, declaration]) => {
      const method = ready(name, declaration);
      all.push(method);
      return [name, method] as const;
    });
    return new Map(entries);
  }

  const base = (
    name: string,
    kind: MethodKind,
    declaration: { input: Schemas; maxBytes?: number | undefined },
    { maxBytes }: Limits,
  ): Method => ({
    name,
    kind,
    index: all.length,
    arity: declaration.input.length,
    input: makeBody(`${contractName}.${name}`, v.strictTuple([...declaration.input]), declaration.maxBytes ?? maxBytes),
  });
  const answer = (name: string, schema: Schema, { maxBytes = callerLimits.maxBytes }, what: string): Body =>
    makeBody(`${contractName}.${name} ${what}`, schema, maxBytes);

  return {
    all,
    serverLimits,
    callerLimits,
    calls: table(definition.calls, (name, declaration: CallDeclaration) => ({
      ...base(name, 'call', declaration, serverLimits),
      output: answer(name, declaration.output, declaration, 'reply'),
      deadlineMs: declaration.deadlineMs ?? defaultDeadlineMs,
    })),
    pushesToServer: table(definition.pushes?.toServer, (name, declaration: PushDeclaration) =>
      base(name, 'push', declaration, serverLimits),
    ),
    pushesToCaller: table(definition.pushes?.toCaller, (name, declaration: PushDeclaration) =>
      base(name, 'push', declaration, callerLimits),
    ),
    streams: table(definition.streams, (name, declaration: StreamDeclaration) => ({
      ...base(name, 'stream', declaration, serverLimits),
      item: answer(name, declaration.item, declaration, 'item'),
      highWaterMark: declaration.highWaterMark ?? defaultHighWaterMark,
    })),
  };
}
