import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../connect.ts';
import type { Contract } from '../../contract.ts';
import { RpcError } from '../../errors.ts';
import { methodsOf } from '../../link/methods.ts';
import { openConnections } from '../../link/registry.ts';
import { serve } from '../../serve.ts';
import { Kind } from '../../wire/messages.ts';
import { parse } from '../../wire/parse.ts';
import { heapInUse } from '../collect.ts';
import { HandEndpoint } from '../hand-endpoint.ts';
import { hostileMessage, seed } from './messages.ts';

/** Number and seed of the attacks. */
export interface HostileOptions {
  /** Number of attacks of each kind. BULKHEAD_HOSTILE_RUNS overrides it: set 100,000 before a release. */
  runs?: number;
}

/**
 * Attacks both ends of a contract with messages of every wrong shape, and nearly valid ones, in random order. Its
 * handlers check the values that reach them.
 * @param contract under test
 * @param options number and seed of the attacks
 */
export function describeHostilePeer(contract: Contract, { runs = 500 }: HostileOptions = {}): void {
  const numRuns = Number(process.env.BULKHEAD_HOSTILE_RUNS ?? runs);
  // An attack takes 1 ms or less, and 20 ms on a busy machine.
  const timeout = 60_000 + numRuns * 20;
  const messages = fc.array(hostileMessage(contract), { minLength: 1, maxLength: 6 });
  const { name, version } = { name: contract.name, version: contract.definition.version };

  describe(`${name} under attack`, () => {
    let before = 0;
    beforeAll(async () => {
      before = await heapInUse();
    });
    // Checks both ends at once, because a leak of an attack is still there at the end.
    afterAll(async () => expect((await heapInUse()) - before).toBeLessThan(mostGrowthBytes));

    it('keeps a hostile caller from its server', { timeout }, async () => {
      await fc.assert(
        fc.asyncProperty(fc.boolean(), messages, async (greets, attack) => {
          const endpoint = new HandEndpoint();
          const faults: unknown[] = [];
          const served = serve(contract, endpoint, standIns(contract, faults), {
            heartbeat: false,
            onHandlerError: (error) => faults.push(error),
          });
          if (greets) endpoint.receive([Kind.Hello, name, version]);
          for (const message of attack) endpoint.receive(message);
          await unharmed(faults);
          for (const posted of endpoint.posted) expect(Array.isArray(posted)).toBe(true);
          served.close();
          await settled(served);
        }),
        { numRuns, seed },
      );
    });

    it('keeps a hostile server from its caller', { timeout }, async () => {
      await fc.assert(
        fc.asyncProperty(fc.boolean(), messages, async (greets, attack) => {
          const endpoint = new HandEndpoint();
          const faults: unknown[] = [];
          const remote = connect(contract, endpoint, {
            heartbeat: false,
            onHandlerError: (error) => faults.push(error),
          });
          if (greets) endpoint.receive([Kind.Welcome]);
          for (const message of attack) endpoint.receive(message);
          await unharmed(faults);
          remote.close();
          await settled(remote);
        }),
        { numRuns, seed },
      );
    });
  });
}

/** Allowed growth of the heap: compiled code, and memory of the test itself. */
const mostGrowthBytes = 8 * 1024 * 1024;

/** Returns handlers that check their arguments against the schemas. */
function standIns(contract: Contract, faults: unknown[]): never {
  const { calls, pushesToServer, streams } = methodsOf(contract);
  const handlers: Record<string, unknown> = {};
  for (const [name, { input, arity }] of [...calls, ...pushesToServer, ...streams]) {
    handlers[name] = (...args: unknown[]) => {
      const own = args.slice(0, -1);
      // Callbacks and ports have been inserted, where the schema would expect raw ones.
      if (own.length !== arity) faults.push(new Error(`${name} was called with ${own.length} arguments`));
      if (!input.handles && !parse(input.schema, own).ok) faults.push(new Error(`${name} got what it must not get`));
      return Promise.resolve();
    };
  }
  // Names and arities are those of the contract. Their return values are refused when they are sent.
  return handlers as never;
}

const ownPrototype = Object.getOwnPropertyNames(Object.prototype).sort();

/** Throws if an attack had an effect. */
export async function unharmed(faults: readonly unknown[]): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  if (faults[0]) throw faults[0];
  expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(ownPrototype);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
}

async function settled({ closed }: { closed: Promise<{ error: Error }> }): Promise<void> {
  expect((await closed).error).toBeInstanceOf(RpcError);
  expect(openConnections()).toEqual([]);
}
