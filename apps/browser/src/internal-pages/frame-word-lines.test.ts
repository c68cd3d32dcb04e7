import * as memory from '@bulkhead/shared-memory';
import { expect, test } from 'vitest';
import { frameWordLines, newestFrame, plainWordLines } from './frame-word-lines.ts';

const valuesOf = (lines: ReturnType<typeof frameWordLines>, name: string) =>
  Object.fromEntries(lines.find((line) => line.name === name)?.words.map((word) => [word.name, word.value]) ?? []);

test('names the words of a real frame buffer, with the values that writer and reader wrote', async () => {
  const arena = await memory.Arena.create({ label: 'test', readOnlyBytes: 3 * 8192 });
  const writer = memory.FrameWriter.create(arena, { label: 'frames', maximumFrameBytes: 8192 });
  const words = () => writer.report().words;
  try {
    expect(newestFrame(words(), memory)).toBeNull();
    writer.borrow();
    writer.publish({ width: 20, height: 10, format: 'rgba8', strideBytes: 96, timestampUs: 1.5 });
    const lines = frameWordLines(words(), memory);
    expect(lines.map(({ name }) => name)).toEqual(['state', 'writer', 'reader', 'slot 0', 'slot 1', 'slot 2']);
    expect(valuesOf(lines, 'writer')).toMatchObject({ pid: process.pid, generation: 1, sequence: 1 });
    expect(valuesOf(lines, 'slot 0')).toMatchObject({ sequence: 1, width: 20, height: 10, strideBytes: 96, format: 1 });
    const { timestampLow = 0, timestampHigh = 0 } = valuesOf(lines, 'slot 0');
    expect(new Float64Array(new Uint32Array([timestampLow, timestampHigh]).buffer)[0]).toBe(1.5);
    expect(newestFrame(words(), memory)).toEqual({ width: 20, height: 10, strideBytes: 96 });
  } finally {
    writer.close();
    arena.destroy();
  }
});

test('names words without a name by their byte offset, up to a limit', () => {
  const lines = plainWordLines(Array.from({ length: 1000 }, (_, index) => index));
  expect(lines[0]?.words.slice(0, 2)).toEqual([
    { name: '+0', value: 0 },
    { name: '+4', value: 1 },
  ]);
  expect(lines[0]?.words).toHaveLength(256);
});
