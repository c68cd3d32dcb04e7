import * as v from 'valibot';
import type { Actor } from '../../lab/index.ts';
import { DirectLinks } from '../../message-passing/index.ts';

/** Returns this process's links to the others of its group. One message of each sender can wait here. */
export async function joinLinks(actor: Actor): Promise<DirectLinks<string>> {
  const { endpointOf } = actor;
  return new DirectLinks(await actor.endpoint('links'), { message: v.string(), capacity: 1, endpointOf });
}
