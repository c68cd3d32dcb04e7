import { open, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { mappingBytes } from '@bulkhead/shared-memory/system-calls';
import * as v from 'valibot';
import type { Director } from '../../../lab/index.ts';
import type { fileMmap } from './lesson.ts';
import { mappedView, memoryFigure } from './mapped-view.ts';

export const direct: Director<typeof fileMmap> = async (stage) => {
  const { sharing } = stage.parameters;
  const file = path.join(await stage.folder(), 'file');
  await writeFile(file, 'before', { mode: 0o600 });
  await using handle = await open(file, 'r+');
  await handle.truncate(mappingBytes);
  const [writer, reader] = await Promise.all([stage.start('writer'), stage.start('reader')]);
  const runs = Promise.all([writer.run(), reader.run()]);
  runs.catch(() => undefined); // awaited below; a process may end before that
  for (const each of [writer, reader]) each.tell('file', file);
  const views = {
    writer: v.parse(mappedView, await writer.told('mapped')),
    reader: v.parse(mappedView, await reader.told('mapped')),
  };
  stage.figure('memory', memoryFigure(views));
  const sameFile = views.writer.object === views.reader.object;
  writer.tell('both mapped', true);
  views.writer = v.parse(mappedView, await writer.told('stored'));
  reader.tell('stored', true);
  views.reader = v.parse(mappedView, await reader.told('seen'));
  stage.figure('memory', memoryFigure(views));
  const [, { seen }] = await runs;
  // Without msync(): the stored bytes belong to the file, whatever happens to the process that stored them.
  writer.kill();
  await writer.ended;
  const inFile = (await readFile(file, 'latin1')).slice(0, 6);
  stage.note('in-file', { inFile });
  const answer = seen !== 'STORED' ? 'nobody' : inFile === 'STORED' ? 'everyone' : 'reader';
  return {
    answer,
    held:
      sameFile &&
      answer === (sharing === 'shared' ? 'everyone' : 'nobody') &&
      (sharing === 'shared') === (inFile === 'STORED'),
    facts: {
      seen: String(seen),
      inFile,
      object: views.reader.object,
      writerAddress: views.writer.address,
      readerAddress: views.reader.address,
    },
  };
};
