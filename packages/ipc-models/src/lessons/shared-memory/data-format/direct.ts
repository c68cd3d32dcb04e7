import type { Director } from '../../../lab/index.ts';
import { drawMemory } from '../memory-figure.ts';
import { relay } from '../relay.ts';
import type { dataFormat } from './lesson.ts';

export const direct: Director<typeof dataFormat> = async (stage) => {
  const { value, writes, reads } = stage.parameters;
  const [writer, reader] = await Promise.all([stage.start('writer'), stage.start('reader')]);
  drawMemory(stage, [writer, reader]);
  relay(writer, reader, 'object');
  const [written, { int = '', float = '', text = '', bytes = '' }] = await Promise.all([writer.run(), reader.run()]);
  const readings = { int, float, text };
  const rows = Object.entries(readings).map(([format, reading]) => [`choice.reads.${format}`, String(reading)]);
  stage.figure('readings', { kind: 'table', columns: ['column.taken-for', 'column.is'], rows });
  const read = String(readings[reads]);
  const isSame = Number(reads === 'text' ? JSON.parse(read) : read) === value;
  const facts = { value, writes, reads, ...readings, read, bytes, sameBytes: bytes === written.bytes };
  // The bytes were the same for every interpretation, and no error was reported.
  return {
    answer: isSame ? 'same' : 'other',
    held: facts.sameBytes && (writes !== reads || isSame || writes === 'float'),
    facts,
  };
};
