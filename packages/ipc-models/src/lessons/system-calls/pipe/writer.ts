import { close, pipe, pipeBytes, write } from '@bulkhead/shared-memory/system-calls';
import type { Program } from '../../../lab/index.ts';
import { descriptorLine } from '../connection-figure.ts';
import { bytesOf } from '../text.ts';
import type { pipe as lesson } from './lesson.ts';

export const program: Program<typeof lesson> = async (actor) => {
  const { messages } = actor.parameters;
  let bytes = 0;
  // ---
  await actor.step('pipe');
  const [readEnd, writeEnd] = actor.call('pipe(ends)', () => pipe());
  actor.tell('read end', readEnd);
  await actor.told('opened');
  await actor.step('close-read');
  actor.call(`close(${readEnd})`, () => close(readEnd));
  for (let number = 1; number <= messages; number++) {
    const message = `message ${number};`;
    await actor.step('write');
    bytes += await actor.call(`write(${writeEnd}, "${message}")`, () => write(writeEnd, bytesOf(message)));
  }
  const room = pipeBytes(writeEnd);
  actor.tell('written', { room, line: descriptorLine(writeEnd) });
  await actor.told('go on');
  await actor.step('fill');
  const fill = new Uint8Array(room + 1);
  await actor.call(`write(${writeEnd}, zeros, ${room + 1})`, () => write(writeEnd, fill), 'wait');
  const filledUs = actor.nowUs();
  await actor.step('close');
  actor.call(`close(${writeEnd})`, () => close(writeEnd));
  // ---
  return { bytes, filledUs };
};
