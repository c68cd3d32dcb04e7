import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as v from 'valibot';
import type { Program } from '../../../lab/index.ts';
import { Inbox } from '../inbox.ts';
import type { webAndDatabase } from './lesson.ts';
import { reply } from './messages.ts';

type Event =
  | { readonly kind: 'request'; readonly key: string; readonly response: ServerResponse }
  | { readonly kind: 'reply'; readonly id: number; readonly value: string }
  | { readonly kind: 'gone' };

export const program: Program<typeof webAndDatabase> = async (actor) => {
  const inbox = new Inbox<Event>();
  const database = await actor.endpoint('database');
  database.onMessage((message) => inbox.put({ kind: 'reply', ...v.parse(reply, message) }));
  database.onClose(() => inbox.put({ kind: 'gone' }));
  database.start();
  const server = createServer(({ url = '/' }, response) => inbox.put({ kind: 'request', key: url.slice(1), response }));
  server.listen(0, '127.0.0.1', () => actor.tell('port', (server.address() as AddressInfo).port));
  const waiting = new Map<number, ServerResponse>();
  let [next, gone] = [0, false];
  // ---
  for await (const event of inbox) {
    if (event.kind === 'request') {
      await actor.step('request');
      next += 1;
      waiting.set(next, event.response);
      if (!gone) database.post({ id: next, key: event.key }, []);
    } else if (event.kind === 'reply') {
      await actor.step('reply');
      waiting.get(event.id)?.writeHead(200).end(event.value);
      waiting.delete(event.id);
    } else {
      await actor.step('gone');
      actor.note('gone', { waiting: waiting.size });
      gone = true;
    }
    if (gone) {
      for (const response of waiting.values()) response.writeHead(503).end('the database is gone');
      waiting.clear();
    }
  }
  // ---
  return undefined;
};
