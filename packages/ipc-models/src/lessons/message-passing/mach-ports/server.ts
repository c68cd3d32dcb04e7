import { Conversation } from '../../../lab/conversation.ts';
import type { Program } from '../../../lab/index.ts';
import type { machPorts } from './lesson.ts';

export const program: Program<typeof machPorts> = async (actor) => {
  const successor = await Conversation.open(actor, 'successor', 'successor');
  const service = await Conversation.open(actor, 'service', 'client');
  const right = await actor.port('jobs'); // the server never receives from it
  const heard: unknown[] = [];
  const receive = async () => {
    const { value } = await service.hear();
    heard.push(value);
    return String(value);
  };
  // ---
  await actor.step('receive');
  await actor.call('receive(service)', receive);
  await actor.told('pass');
  await actor.step('pass');
  actor.call('send(successor, the receive right for jobs)', () => successor.say('the receive right', [right]));
  await actor.step('receive-again');
  await actor.call('receive(service)', receive);
  // ---
  return { heard: heard.join(', ') };
};
