import * as v from 'valibot';
import type { Director } from '../../../lab/index.ts';
import { connectionFigure } from '../connection-figure.ts';
import { toldNumber, toldText } from '../told.ts';
import type { pipe } from './lesson.ts';

const written = v.object({ room: v.number(), line: v.string() });

/** The reader opens its end through /proc/PID/fd, because both processes already run and there is no fork. */
export const direct: Director<typeof pipe> = async (stage) => {
  const { messages } = stage.parameters;
  const [writer, reader] = await Promise.all([stage.start('writer'), stage.start('reader')]);
  const runs = Promise.all([writer.run(), reader.run()]);
  runs.catch(() => undefined); // awaited below; a process may end before that
  reader.tell('path', `/proc/${writer.pid}/fd/${await toldNumber(writer, 'read end')}`);
  const readLine = await toldText(reader, 'opened');
  writer.tell('opened', true);
  const { room, line } = v.parse(written, await writer.told('written'));
  const draw = (held: string) => {
    const sides = [
      { name: writer.name, pid: writer.pid, lines: [line] },
      { name: reader.name, pid: reader.pid, lines: [readLine] },
    ] as const;
    stage.figure('pipe', connectionFigure(sides, { label: 'pipe', lines: [held, `≤ ${room} B`] }, false));
  };
  draw('message 1;…');
  reader.tell('written', true);
  await toldText(reader, 'first');
  draw('');
  writer.tell('go on', true);
  const [{ bytes, filledUs }, { first, backUs, rest }] = await runs;
  const all = Array.from({ length: messages }, (_, index) => `message ${index + 1};`).join('');
  const answer = first === all ? 'all' : first === 'message 1;' ? 'one' : 'some';
  // The write can end only after the reader has come back and made room.
  const waited = Number(filledUs) >= Number(backUs);
  return {
    answer,
    held: answer === 'all' && waited && Number(rest) === room + 1,
    facts: { messages, bytes: Number(bytes), firstBytes: String(first).length, room, waited, rest: Number(rest) },
  };
};
