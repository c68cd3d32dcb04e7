/**
 * Arguments that each public method of this package refuses: one row for each class and method. argument-table.test.ts
 * fails if an exported class has a method without a row.
 */
import * as memory from '../index.ts';
import {
  allTypes,
  counts,
  inMemory,
  noCounts,
  noStrings,
  notArrays,
  type Subject,
  sumOf,
  times,
} from './bad-arguments.ts';

/** Row of a method. Getters take no arguments. */
export interface Row {
  /** Arguments that throw a RangeError (`range`) or a TypeError (`type`). */
  readonly range?: readonly (readonly unknown[])[];
  readonly type?: readonly (readonly unknown[])[];
  /** Valid arguments, for a call after the subject has ended. Default: none. */
  readonly right?: readonly unknown[];
  /** Result of that call. Default: it throws ClosedMemoryError. */
  readonly afterwards?: 'refuses' | 'works';
}

export interface Table {
  make(): Promise<Subject>;
  readonly rows: Readonly<Record<string, Row>>;
}

const works: Row = { afterwards: 'works' };
const refuses: Row = {};

const ofRing: Record<string, Row> = {
  fault: works,
  peerDescriptor: refuses,
  replacePeer: refuses,
  close: works,
  usable: works,
  report: refuses,
};

const ring = { label: 'ring', capacity: 8 };
const elements = Uint32Array.of(1, 2, 3);
const bytes = Uint8Array.of(1, 2, 3);
/** Numbers that are not 32-bit integers, neither signed nor unsigned. */
const noWords = [0.5, 2 ** 32, -(2 ** 31) - 1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

/** Counts and offsets that an array of three elements does not have. */
const noMoreThanThree = (three: Uint32Array) => [
  ...counts(3).map((count) => [three, count]),
  ...counts(3).map((offset) => [three, 0, offset]),
  [three, 3, 1],
  [three, 1, 3],
];
const noNumbers = (three: Uint32Array) => [
  ...allTypes.map((count) => [three, count]),
  ...allTypes.map((offset) => [three, 0, offset]),
];

const frames = { label: 'frames', maximumFrameBytes: 4096 };
const info = { width: 4, height: 4, format: 'bgra8' };
const noInfos = {
  range: [
    ...noCounts(65_535)
      .filter((value) => value !== 65_536)
      .map((width) => ({ ...info, width })),
    ...[0, 65_536, ...noCounts(65_535)].map((height) => ({ ...info, height })),
    ...[15, 5000, ...noCounts(4096)].map((strideBytes) => ({ ...info, strideBytes })),
    ...[-1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60].map((timestampUs) => ({ ...info, timestampUs })),
    ...[0.5, Number.NaN, Number.POSITIVE_INFINITY].map((x) => ({ ...info, dirty: { x, y: 0, width: 1, height: 1 } })),
    { ...info, width: 64, height: 64 },
  ],
  type: [
    undefined,
    null,
    { ...info, format: 'cmyk' },
    { ...info, format: undefined },
    { ...info, width: '4' },
    { ...info, height: 4n },
    { ...info, strideBytes: {} },
    { ...info, timestampUs: 'now' },
    { ...info, dirty: { x: '0', y: 0, width: 1, height: 1 } },
  ],
};
const pixels = new Uint8Array(64);

const ofFrames: Record<string, Row> = { fault: works, close: works, usable: works, report: refuses };

const ofSink: Record<string, Row> = {
  fault: works,
  sequence: works,
  last: refuses,
  borrow: refuses,
  write: {
    range: [...noInfos.range.map((bad) => [pixels, bad]), [new Uint8Array(63), info]],
    type: [...noInfos.type.map((bad) => [pixels, bad]), ...notArrays(Uint8Array).map((bad) => [bad, info])],
    right: [pixels, info],
  },
  publish: {
    range: noInfos.range.map((bad) => [bad]),
    type: noInfos.type.map((bad) => [bad]),
    right: [info],
  },
  close: works,
};

export const tables: Readonly<Record<string, Table>> = {
  ElementWriter: {
    make: () => inMemory((arena) => memory.ElementWriter.create(arena, 'uint32', ring)),
    rows: {
      ...ofRing,
      available: refuses,
      push: {
        range: [...noMoreThanThree(elements), [new Uint32Array(0), 1]],
        type: [...notArrays(Uint32Array).map((bad) => [bad]), ...noNumbers(elements)],
        right: [elements],
      },
      pushWith: {
        range: [...noCounts(0xffff_ffff).map((bad) => [bad, () => 1]), ...noCounts(2).map((bad) => [2, () => bad])],
        type: [
          ...allTypes.filter((each) => typeof each !== 'function').map((bad) => [2, bad]),
          ...allTypes.map((bad) => [bad, () => 1]),
          ...allTypes.map((bad) => [2, () => bad]),
          [2],
        ],
        right: [1, () => 1],
      },
      claim: { range: noCounts(0xffff_ffff).map((bad) => [bad]), type: allTypes.map((bad) => [bad]), right: [1] },
      // Nothing is claimed.
      publish: { range: [...counts(0), 1].map((bad) => [bad]), type: allTypes.map((bad) => [bad]), right: [0] },
    },
  },
  ElementReader: {
    make: () => inMemory((arena) => memory.ElementReader.create(arena, 'uint32', ring)),
    rows: {
      ...ofRing,
      available: refuses,
      pop: {
        range: noMoreThanThree(elements),
        type: [...notArrays(Uint32Array).map((bad) => [bad]), ...noNumbers(elements)],
        right: [new Uint32Array(2)],
      },
      peek: { range: noCounts(0xffff_ffff).map((bad) => [bad]), type: allTypes.map((bad) => [bad]), right: [1] },
      // Nothing was peeked at.
      release: { range: [...counts(0), 1].map((bad) => [bad]), type: allTypes.map((bad) => [bad]), right: [0] },
    },
  },
  CellWriter: {
    make: () => inMemory((arena) => memory.CellWriter.create(arena, ring), 'cells'),
    rows: {
      ...ofRing,
      push: {
        range: [[new Array(16).fill(1)], ...noWords.map((word) => [[1, word]]), [{ length: -1 }]],
        type: [[undefined], [null], [7], [{ length: '1' }], ...allTypes.map((word) => [[1, word]])],
        right: [[1]],
      },
    },
  },
  CellReader: {
    make: () => inMemory((arena) => memory.CellReader.create(arena, ring)),
    rows: {
      ...ofRing,
      pop: { type: notArrays(Uint32Array).map((bad) => [bad]), right: [new Uint32Array(4)] },
    },
  },
  RecordWriter: {
    make: () => inMemory((arena) => memory.RecordWriter.create(arena, { ...ring, capacity: 64 })),
    rows: {
      ...ofRing,
      claim: {
        range: counts(24).map((bad) => [bad]),
        type: [[undefined], ...allTypes.map((bad) => [bad])],
        right: [4],
      },
      // Nothing is claimed.
      publish: { range: [[], [0], ...counts(0).map((bad) => [bad])] },
      write: {
        range: [[new Uint8Array(25)]],
        type: notArrays(Uint8Array).map((bad) => [bad]),
        right: [bytes],
      },
    },
  },
  RecordReader: {
    make: () => inMemory((arena) => memory.RecordReader.create(arena, { ...ring, capacity: 64 })),
    rows: { ...ofRing, peek: refuses, release: { range: [[]] }, take: refuses },
  },
  BoundedBuffer: {
    make: () => inMemory((arena) => memory.BoundedBuffer.create(arena, { label: 'buffer', slots: 4, itemBytes: 8 })),
    rows: {
      descriptor: refuses,
      in: refuses,
      out: refuses,
      tryProduce: { range: [[new Uint8Array(9)]], type: notArrays(Uint8Array).map((bad) => [bad]), right: [bytes] },
      tryConsume: refuses,
      produce: { range: [[new Uint8Array(9)]], type: notArrays(Uint8Array).map((bad) => [bad]), right: [bytes] },
      consume: refuses,
      close: works,
      usable: works,
      report: refuses,
    },
  },
  UnboundedProducer: {
    make: () => inMemory((arena) => new memory.UnboundedProducer(arena, { label: 'buffer', itemBytes: 8 })),
    rows: {
      descriptor: refuses,
      blocks: works,
      produce: { range: [[new Uint8Array(9)]], type: notArrays(Uint8Array).map((bad) => [bad]), right: [bytes] },
      close: works,
      usable: works,
      report: refuses,
    },
  },
  UnboundedConsumer: {
    make: () =>
      inMemory((arena) => {
        const producer = new memory.UnboundedProducer(arena, { label: 'buffer', itemBytes: 8 });
        return new memory.UnboundedConsumer(arena, producer.descriptor());
      }),
    rows: { consume: refuses, close: works, usable: works, report: refuses },
  },
  FrameWriter: {
    make: () => inMemory((arena) => memory.FrameWriter.create(arena, frames)),
    rows: { ...ofFrames, ...ofSink, readerDescriptor: refuses, replaceReader: refuses },
  },
  FrameReader: {
    make: () => inMemory((arena) => memory.FrameReader.create(arena, frames)),
    rows: { ...ofFrames, counts: works, latest: refuses, writerDescriptor: refuses, replaceWriter: refuses },
  },
  PortFrameWriter: {
    make: () => onPort((port) => new memory.PortFrameWriter(port, frames)),
    rows: { ...ofSink, counts: works },
  },
  PortFrameReader: {
    make: () => onPort((port) => new memory.PortFrameReader(port, frames)),
    rows: { fault: works, sequence: works, counts: works, last: refuses, latest: refuses, close: works },
  },
  Signal: {
    make: () => inMemory((arena) => new memory.Signal(memory.allocateSignal(arena).region, memory.futexSleeper)),
    rows: {
      count: refuses,
      notify: refuses,
      wait: {
        range: [
          ...noCounts(0xffff_ffff).map((seen) => [seen, { timeoutMs: 1 }]),
          ...times.map((timeoutMs) => [0, { timeoutMs }]),
          ...[...times, 16_001].map((spinUs) => [0, { timeoutMs: 1, spinUs }]),
        ],
        type: [
          ...allTypes.map((seen) => [seen, { timeoutMs: 1 }]),
          ...allTypes.map((timeoutMs) => [0, { timeoutMs }]),
          ...allTypes.map((spinUs) => [0, { timeoutMs: 1, spinUs }]),
          [0],
        ],
        right: [0, { timeoutMs: 1 }],
      },
    },
  },
  Region: {
    make: () => inMemory((arena) => arena.allocate('read-write', 128, 64)),
    rows: {
      descriptor: works, // it reads no shared memory
      assertUsable: refuses,
      bytes: {
        range: [...counts(128).map((bad) => [bad]), ...counts(64).map((bad) => [64, bad])],
        type: [...allTypes.map((bad) => [bad]), ...allTypes.map((bad) => [0, bad])],
      },
      words: {
        range: [...counts(128).map((bad) => [bad]), ...counts(64).map((bad) => [64, bad]), [2, 4], [4, 2]],
        type: [...allTypes.map((bad) => [bad]), ...allTypes.map((bad) => [0, bad])],
      },
    },
  },
  Arena: {
    make: () => inMemory((arena) => arena),
    rows: {
      destroyed: works,
      assertUsable: refuses,
      add: { type: [[undefined], [{}]], right: [{ label: 'arena', segments: [] }] },
      grow: {
        range: counts(2 ** 32 - 65_536 - 4096).map((bad) => ['read-write', bad]),
        type: [
          ...allTypes.map((bad) => ['read-write', bad]),
          ...noStrings.map((bad) => [bad, 1]),
          ...noStrings.flatMap((bad) => (bad === undefined ? [] : [['read-write', 1, bad]])),
        ],
        right: ['read-write', 1],
      },
      take: refuses,
      descriptor: refuses,
      close: works,
      bytesFree: { right: ['read-write'] },
      allocate: {
        range: [...[0, ...counts(2 ** 32 - 65_536)].map((bad) => ['read-write', bad, 64]), ['read-write', 64, 32]],
        type: [...allTypes.map((bad) => ['read-write', bad, 64]), ...noStrings.map((bad) => [bad, 64, 64])],
        right: ['read-write', 64, 64],
      },
      free: { range: [[{}], [undefined]] },
      region: { type: [[undefined]], right: [{ segmentId: '', byteOffset: 4096, byteLength: 64 }] },
      placeOf: { type: [[undefined]] },
      regionAt: { type: [[undefined, 1]], right: [{ segment: 0, offset: 4096 }, 64] },
      destroy: works,
      detach: works,
    },
  },
  Segment: {
    make: async () => {
      const segment = await memory.Segment.create({ label: 'segment', backend: 'sealed', payloadBytes: 1 });
      return {
        subject: segment,
        seen: () => (segment.detached ? undefined : sumOf(new Uint8Array(segment.buffer))),
        ends: { detach: () => segment.detach(), destroy: () => segment.destroy() },
        dispose: () => segment.detach(),
      };
    },
    rows: {
      buffer: refuses,
      detached: works,
      header: refuses,
      descriptor: refuses,
      attachable: works,
      isTaken: works,
      take: refuses,
      unlink: works,
      detach: works,
      destroy: works,
    },
  },
  NamedSemaphore: {
    make: async () => {
      const semaphore = memory.NamedSemaphore.create(1);
      const other = memory.NamedSemaphore.open(semaphore.name);
      return {
        subject: semaphore,
        seen: () => other.value,
        ends: { close: () => semaphore.close() },
        dispose: async () => {
          semaphore.close();
          other.unlink();
          other.close();
        },
      };
    },
    rows: {
      value: refuses,
      post: refuses,
      tryWait: refuses,
      wait: { range: times.map((bad) => [bad]), type: allTypes.map((bad) => [bad]), right: [1] },
      waitBlocking: { range: times.map((bad) => [bad]), type: allTypes.map((bad) => [bad]), right: [1] },
      unlink: works, // it needs only the name
      close: works,
    },
  },
  RobustMutex: {
    make: () =>
      inMemory((arena) => {
        const region = arena.allocate('read-write', memory.mutexBytes, 64);
        return new memory.RobustMutex(region, { initialise: true });
      }),
    rows: {
      lock: { range: times.map((bad) => [bad]), type: allTypes.map((bad) => [bad]), right: [1] },
      tryLock: refuses,
      lockBlocking: { range: times.map((bad) => [bad]), type: allTypes.map((bad) => [bad]), right: [1] },
      unlock: refuses,
    },
  },
};

async function onPort<Made extends { close(): void }>(make: (port: memory.FramePort) => Made): Promise<Subject> {
  const posted: unknown[] = [];
  const port: memory.FramePort = {
    post: (message) => void posted.push(message),
    onMessage: () => undefined,
    start: () => undefined,
    close: () => undefined,
  };
  const subject = make(port);
  return {
    subject,
    seen: () => posted.length,
    ends: { close: () => subject.close() },
    dispose: async () => subject.close(),
  };
}
