import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from '@bulkhead/rpc';
import * as v from 'valibot';
import type { Actor, Program } from '../../../lab/index.ts';
import { Inbox } from '../inbox.ts';
import { library } from '../rpc/library-contract.ts';
import type { webAndDatabase } from './lesson.ts';
import { reply } from './messages.ts';

type Web = Actor<typeof webAndDatabase>;
type Event =
  | { readonly kind: 'request'; readonly key: string; readonly response: ServerResponse }
  | { readonly kind: 'reply'; readonly id: number; readonly value: string }
  | { readonly kind: 'gone' };

export const program: Program<typeof webAndDatabase> = async (actor) => {
  await (actor.parameters.over === 'rpc' ? askByCalls(actor) : askByMessages(actor));
  return undefined;
};

function listen(actor: Web, onRequest: RequestListener): void {
  const server = createServer(onRequest);
  server.listen(0, '127.0.0.1', () => actor.tell('port', (server.address() as AddressInfo).port));
}

async function askByMessages(actor: Web): Promise<void> {
  const inbox = new Inbox<Event>();
  const database = await actor.endpoint('database');
  database.onMessage((message) => inbox.put({ kind: 'reply', ...v.parse(reply, message) }));
  database.onClose(() => inbox.put({ kind: 'gone' }));
  database.start();
  listen(actor, ({ url = '/' }, response) => inbox.put({ kind: 'request', key: url.slice(1), response }));
  const waiting = new Map<number, ServerResponse>();
  let [next, gone] = [0, false];
  // --- over=messages
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
}

async function askByCalls(actor: Web): Promise<void> {
  const pid = v.parse(v.number(), await actor.told('database'));
  const database = connect(library, await actor.endpoint('database'), { peer: { name: 'database', pid } });
  await database.opened;
  let waiting = 0;
  void database.closed.then(() => actor.note('gone', { waiting }));
  const counted = async (call: Promise<string>): Promise<string> => {
    waiting += 1;
    const value = await call;
    waiting -= 1;
    return value;
  };
  // --- over=rpc
  listen(actor, async ({ url = '/' }, response) => {
    await actor.step('request');
    try {
      const row = await counted(database.call.lookUp(Number(url.slice(1))));
      await actor.step('reply');
      response.writeHead(200).end(row);
    } catch (error) {
      await actor.step('gone');
      response.writeHead(503).end(String(error));
    }
  });
  // ---
  await new Promise(() => undefined); // serves until it is killed
}
