import * as v from 'valibot';
import type { Program } from '../../../lab/index.ts';
import { Mailboxes } from '../../../message-passing/index.ts';
import type { mailboxes } from './lesson.ts';

export const program: Program<typeof mailboxes> = async (actor) => {
  const { receivers, rounds } = actor.parameters;
  const system = new Mailboxes(await actor.endpoint('mailboxes'));
  const letters = await actor.call('create("letters")', () => system.create('letters', v.string()));
  const parcels = await actor.call('create("parcels")', () => system.create('parcels', v.string(), { capacity: 4 }));
  actor.tell('created', true);
  // ---
  for (let number = 1; number <= receivers * rounds; number++) {
    await actor.step('wait');
    await actor.told('all wait');
    await actor.step('send');
    await actor.call(`send(letters, "letter ${number}")`, () => letters.send(`letter ${number}`));
  }
  await actor.step('other');
  await actor.call('send(parcels, "parcel")', () => parcels.send('parcel'));
  // ---
  actor.tell('parcel sent', true);
  await actor.told('end');
  return { sent: receivers * rounds };
};
