import { Conversation } from '../../../lab/conversation.ts';
import type { Program } from '../../../lab/index.ts';
import type { machPorts } from './lesson.ts';

export const program: Program<typeof machPorts> = async (actor) => {
  const { queued } = actor.parameters;
  const server = await Conversation.open(actor, 'successor', 'server');
  // ---
  await actor.step('receive');
  const { ports } = await server.hear();
  const [right] = ports;
  if (!right) throw new Error('the message carried no right');
  const jobs = new Conversation(actor, actor.endpointOf(right), 'client');
  let received = 0;
  while (received < queued) {
    await actor.step('job');
    await jobs.hear();
    received += 1;
  }
  // ---
  await actor.flush();
  actor.tell('received', received);
  await actor.told('never');
};
