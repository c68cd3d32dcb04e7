import * as v from 'valibot';
import type { Program } from '../../../lab/index.ts';
import { Inbox } from '../inbox.ts';
import type { webAndDatabase } from './lesson.ts';
import { type Query, query } from './messages.ts';

export const program: Program<typeof webAndDatabase> = async (actor) => {
  const { databaseMs } = actor.parameters;
  const table = new Map(Array.from({ length: 1000 }, (_, key) => [String(key), `row ${key}`]));
  const queries = new Inbox<Query>();
  const web = await actor.endpoint('database');
  web.onMessage((message) => queries.put(v.parse(query, message)));
  web.onClose(() => queries.close());
  web.start();
  // ---
  for await (const { id, key } of queries) {
    await actor.step('query');
    if (databaseMs > 0) await actor.sleep(databaseMs);
    const value = table.get(key) ?? '';
    await actor.step('reply');
    web.post({ id, value }, []);
  }
  // ---
  return undefined;
};
