import { Conversation } from '../../../lab/conversation.ts';
import type { Program } from '../../../lab/index.ts';
import type { machPorts } from './lesson.ts';

export const program: Program<typeof machPorts> = async (actor) => {
  const client = await Conversation.open(actor, 'deputy', 'client');
  // ---
  await actor.step('receive');
  const { ports } = await client.hear();
  const [right] = ports;
  if (!right) throw new Error('the message carried no right');
  await actor.step('send');
  const service = new Conversation(actor, actor.endpointOf(right), 'server');
  actor.call('send(service, "from the deputy")', () => service.say('from the deputy'));
  // ---
  await actor.flush();
  await actor.told('end');
};
