import { unlink } from 'node:fs/promises';
import path from 'node:path';
import type { Director } from '../../../lab/index.ts';
import { connectionFigure } from '../connection-figure.ts';
import { toldText } from '../told.ts';
import type { fifo } from './lesson.ts';

export const direct: Director<typeof fifo> = async (stage) => {
  const name = path.join(await stage.folder(), 'fifo');
  const [writer, reader] = await Promise.all([stage.start('writer'), stage.start('reader')]);
  writer.tell('name', name);
  const writing = writer.run();
  writing.catch(() => undefined); // awaited below; a process may end before that
  await writer.told('made');
  reader.tell('name', name);
  const reading = reader.run();
  reading.catch(() => undefined);
  const [writeLine, readLine] = await Promise.all([toldText(writer, 'open'), toldText(reader, 'open')]);
  // Both have it open, so it needs no name any more, and a process that dies now leaves no name behind.
  await unlink(name);
  stage.note('unlinked', { name });
  const sides = [
    { name: writer.name, pid: writer.pid, lines: [writeLine] },
    { name: reader.name, pid: reader.pid, lines: [readLine] },
  ] as const;
  stage.figure('fifo', connectionFigure(sides, { label: 'FIFO', lines: [name] }, false));
  writer.tell('unlinked', true);
  const [written, read] = await Promise.all([writing, reading]);
  const [openUs, readerCameUs, readUs] = [Number(written.openUs), Number(read.cameUs), Number(read.readUs)];
  const answer = openUs < readerCameUs ? 'at-once' : openUs < readUs ? 'until-opened' : 'until-read';
  return {
    answer,
    held: answer === 'until-opened' && written.tried === 'ENXIO' && read.text === 'through the FIFO' && read.rest === 0,
    facts: {
      openMs: Math.round((openUs - Number(written.cameUs)) / 1000),
      afterMs: Math.round((openUs - readerCameUs) / 10) / 100,
      tried: String(written.tried),
      text: String(read.text),
    },
  };
};
