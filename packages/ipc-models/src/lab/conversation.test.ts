import { memoryPair } from '@bulkhead/rpc/testing';
import { expect, it } from 'vitest';
import type { Actor } from './actor.ts';
import { Conversation } from './conversation.ts';

/** Makes two programs that talk to each other, with their recorded messages. */
function pair() {
  const [one, two] = memoryPair();
  const recorded: string[] = [];
  const actor = (name: string): Actor => {
    const message: Actor['message'] = ({ from, to, text }) => void recorded.push(`${from} → ${to}: ${text}`);
    return { name, nowUs: () => 1, message } as Partial<Actor> as Actor;
  };
  const a = new Conversation(actor('a'), one, 'b');
  const b = new Conversation(actor('b'), two, 'a');
  return { a, b, recorded, killA: () => one.kill() };
}

it('keeps the order of messages, whether the sender or the receiver comes first', async () => {
  const { a, b, recorded } = pair();
  const early = b.hear();
  a.say('one');
  a.say({ two: 2 });
  expect([(await early).value, (await b.hear()).value]).toEqual(['one', { two: 2 }]);
  expect(recorded).toEqual(['a → b: one', 'a → b: {"two":2}']);
});

it('rejects present and later waits when the partner has ended, after its last messages', async () => {
  const { a, b, killA } = pair();
  a.say('last');
  killA();
  expect((await b.hear()).value).toBe('last');
  await expect(b.hear()).rejects.toThrow('a is gone');
  expect(b.gone).toBe(true);
});
