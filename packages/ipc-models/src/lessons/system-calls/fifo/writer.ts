import { close, mkfifo, O_NONBLOCK, O_WRONLY, open, write } from '@bulkhead/shared-memory/system-calls';
import type { Program } from '../../../lab/index.ts';
import { descriptorLine } from '../connection-figure.ts';
import { bytesOf } from '../text.ts';
import { toldText } from '../told.ts';
import type { fifo } from './lesson.ts';

export const program: Program<typeof fifo> = async (actor) => {
  const name = await toldText(actor, 'name');
  const tryOpen = () => open(name, O_WRONLY | O_NONBLOCK).then(String, (error: { code: string }) => error.code);
  // ---
  await actor.step('mkfifo');
  actor.call(`mkfifo("${name}", 0600)`, () => mkfifo(name, 0o600));
  await actor.step('try');
  const tried = await actor.call(`open("${name}", O_WRONLY | O_NONBLOCK)`, tryOpen);
  actor.tell('made', true);
  await actor.step('open');
  const cameUs = actor.nowUs();
  const end = await actor.call(`open("${name}", O_WRONLY)`, () => open(name, O_WRONLY), 'wait');
  const openUs = actor.nowUs();
  actor.tell('open', descriptorLine(end));
  await actor.told('unlinked');
  await actor.step('write');
  await actor.call(`write(${end}, "through the FIFO")`, () => write(end, bytesOf('through the FIFO')));
  await actor.step('close');
  actor.call(`close(${end})`, () => close(end));
  // ---
  return { tried, cameUs, openUs };
};
