import { Conversation, PartnerGoneError } from '../../../lab/conversation.ts';
import type { Program } from '../../../lab/index.ts';
import type { machPorts } from './lesson.ts';

export const program: Program<typeof machPorts> = async (actor) => {
  const { queued } = actor.parameters;
  const deputy = await Conversation.open(actor, 'deputy', 'deputy');
  const jobs = await Conversation.open(actor, 'jobs', 'the holder of the receive right');
  const right = await actor.port('service');
  const service = new Conversation(actor, actor.endpointOf(right), 'server');
  // ---
  await actor.step('send');
  actor.call('send(service, "from the client")', () => service.say('from the client'));
  await actor.step('queue');
  for (let number = 1; number <= queued; number++) jobs.say(`job ${number}`);
  await actor.step('pass');
  actor.call('send(deputy, the send right for service)', () => deputy.say('the send right', [right]));
  // ---
  const sendsStill = await tryToSend(() => service.say('without the right'));
  actor.note('passed', { sendsStill });
  actor.tell('queued', true);
  await actor.told('more');
  // ---
  await actor.step('more');
  jobs.say('one more job');
  await actor.step('notice');
  const gone = actor.call('receive(dead name notification)', () => jobs.hear(), 'wait');
  // ---
  await actor.flush();
  actor.tell('sent more', true);
  const isTold = await gone.then(
    () => false,
    (error: unknown) => error instanceof PartnerGoneError,
  );
  return { isTold, noticedUs: actor.nowUs() };
};

/** Returns true if the call accepted the message. */
async function tryToSend(send: () => void): Promise<boolean> {
  try {
    send();
    return true;
  } catch {
    return false; // this process no longer has the port
  }
}
