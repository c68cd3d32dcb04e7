import * as v from 'valibot';
import type { Program } from '../../../lab/index.ts';
import { Mailboxes } from '../../../message-passing/index.ts';
import type { mailboxes } from './lesson.ts';

export const program: Program<typeof mailboxes> = async (actor) => {
  const system = new Mailboxes(await actor.endpoint('mailboxes'));
  await actor.told('created');
  const letters = await system.lookUp('letters', v.string());
  const parcels = await system.lookUp('parcels', v.string());
  if (!letters || !parcels) throw new Error('the mailboxes are not there');
  while ((await actor.told('order')) === 'letter') {
    // ---
    await actor.step('receive');
    const message = await actor.call('receive(letters)', () => letters.receive(), 'wait');
    // ---
    actor.tell('letter', message);
  }
  // ---
  await actor.step('other');
  const message = await actor.call('receive(parcels)', () => parcels.receive(), 'wait');
  // ---
  actor.tell('parcel', message);
};
