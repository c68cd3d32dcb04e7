import { serve } from '@bulkhead/rpc';
import * as v from 'valibot';
import type { Actor, Program } from '../../../lab/index.ts';
import { Inbox } from '../inbox.ts';
import { library } from '../rpc/library-contract.ts';
import { procedures } from '../rpc/procedures.ts';
import type { webAndDatabase } from './lesson.ts';
import { type Query, query } from './messages.ts';

type Database = Actor<typeof webAndDatabase>;
type Table = ReadonlyMap<string, string>;

export const program: Program<typeof webAndDatabase> = async (actor) => {
  const table = new Map(Array.from({ length: 1000 }, (_, key) => [String(key), `row ${key}`]));
  await (actor.parameters.over === 'rpc' ? serveCalls(actor, table) : answerMessages(actor, table));
  return undefined;
};

async function answerMessages(actor: Database, table: Table): Promise<void> {
  const { databaseMs } = actor.parameters;
  const queries = new Inbox<Query>();
  const web = await actor.endpoint('database');
  web.onMessage((message) => queries.put(v.parse(query, message)));
  web.onClose(() => queries.close());
  web.start();
  // --- over=messages
  for await (const { id, key } of queries) {
    await actor.step('query');
    if (databaseMs > 0) await actor.sleep(databaseMs);
    const value = table.get(key) ?? '';
    await actor.step('reply');
    web.post({ id, value }, []);
  }
  // ---
}

async function serveCalls(actor: Database, table: Table): Promise<void> {
  const { databaseMs } = actor.parameters;
  const web = await actor.endpoint('database');
  /** Handles calls one after the other, like messages. Otherwise calls would overlap while one waits. */
  let before: Promise<unknown> = Promise.resolve();
  const inTurn = (work: () => Promise<string>): Promise<string> => {
    const done = before.then(work);
    before = done;
    return done;
  };
  // --- over=rpc
  const find = async (key: number) => {
    await actor.step('query');
    if (databaseMs > 0) await actor.sleep(databaseMs);
    await actor.step('reply');
    return table.get(String(key)) ?? '';
  };
  const served = serve(library, web, { ...procedures, lookUp: (key) => inTurn(() => find(key)) });
  // ---
  await served.closed;
}
