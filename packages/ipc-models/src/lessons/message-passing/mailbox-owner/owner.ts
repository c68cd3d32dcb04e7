import * as v from 'valibot';
import type { Program } from '../../../lab/index.ts';
import { Mailboxes } from '../../../message-passing/index.ts';
import type { mailboxOwner } from './lesson.ts';

export const program: Program<typeof mailboxOwner> = async (actor) => {
  const { held } = actor.parameters;
  const system = new Mailboxes(await actor.endpoint('mailboxes'));
  const create = (name: string, owner: 'process' | 'browser') =>
    actor.call(`create("${name}", owner: ${owner})`, () => system.create(name, v.string(), { capacity: 8, owner }));
  // ---
  await actor.step('create');
  const mine = await create('mine', 'process');
  await create('empty', 'process');
  const everyones = await create('everyones', 'browser');
  await actor.step('fill');
  for (let number = 1; number <= held; number++) {
    await mine.send(`for mine ${number}`);
    await everyones.send(`for everyones ${number}`);
  }
  // ---
  await actor.flush();
  actor.tell('created', true);
  await actor.told('never');
};
