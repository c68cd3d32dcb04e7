import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Arena } from '../segment/arena.ts';
import { type Actor, type Local, runTurn } from '../testing/model-checker.ts';
import { tripleBuffer } from '../testing/models/frame-buffer-model.ts';
import { FrameReader } from './frame-reader.ts';
import { FrameWriter } from './frame-writer.ts';

/** The model checker proves the model. These tests show that the real code does the same as the model, step by step. */
const model = tripleBuffer({ frames: 1e6, reads: 1e6, writerKills: 0, readerKills: 0 });
const [modelWriter, modelReader] = model.actors as [Actor, Actor];
let arena: Arena;
let peer: Arena;

beforeAll(async () => {
  arena = await Arena.create({ label: 'test', readWriteBytes: 100_000, readOnlyBytes: 100_000 });
  peer = Arena.attach(arena.descriptor());
});

afterAll(async () => {
  await peer.destroy();
  await arena.destroy();
});

const steps = fc.array(fc.constantFrom('publish', 'read', 'replace'), { maxLength: 40 });

it.each(['writer', 'reader'] as const)(
  'frame buffers do the same as their model when the %s is replaced',
  (replaced) => {
    const property = fc.property(steps, (sequence) => {
      const options = { label: 'test', maximumFrameBytes: 1 };
      const owner = replaced === 'reader' ? FrameWriter.create(arena, options) : FrameReader.create(arena, options);
      using _freed = owner;
      let writer = owner instanceof FrameWriter ? owner : FrameWriter.attach(peer, owner.writerDescriptor());
      let reader = owner instanceof FrameReader ? owner : FrameReader.attach(peer, owner.readerDescriptor());
      const memory = [...model.memory];
      let writing: Local = modelWriter.initial;
      let reading: Local = modelReader.initial;
      for (const step of sequence) {
        if (step === 'publish') {
          writer.borrow();
          writer.publish({ width: 1, height: 1, format: 'gray8' });
          writing = runTurn(modelWriter, writing, memory)!;
        } else if (step === 'read') {
          reader.latest();
          reading = runTurn(modelReader, reading, memory)!;
        } else if (owner instanceof FrameReader) {
          writer = FrameWriter.attach(peer, owner.replaceWriter());
          writing = modelWriter.replace!.how(memory, reading, writing);
        } else {
          reader = FrameReader.attach(peer, owner.replaceReader());
          reading = modelReader.replace!.how(memory, writing, reading);
        }
        const report = owner.report();
        expect(report.fault).toBeUndefined();
        expect([report.words[0], report.writer.slot, report.reader.slot]).toEqual([
          memory[0],
          writing.slot,
          reading.slot,
        ]);
        expect([report.sequence.published, report.sequence.taken]).toEqual([writing.sequence, reading.sequence]);
      }
    });
    fc.assert(property, { seed: 11, numRuns: 300 });
  },
);
