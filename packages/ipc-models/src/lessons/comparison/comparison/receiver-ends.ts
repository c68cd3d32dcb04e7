import type { Endpoint } from '@bulkhead/rpc';
import type { FrameReader, RecordReader, Signal } from '@bulkhead/shared-memory';
import { mqReceiveBlocking, mqSendBlocking, readBlocking, writeBlocking } from '@bulkhead/shared-memory/system-calls';
import { queueMessageBytes, sharedWord } from './offer.ts';
import { frameFromBytes } from './plan.ts';

/** The receiver's end of one way. A call that returns no promise blocks until it is done. */
export interface ReceiverEnd {
  /** Waits for a block of `bytes`, reads samples all over it, and returns its first byte. */
  receive(bytes: number): number | Promise<number>;
  acknowledge(): void;
}

/** Last byte of every block. */
export const lastByte = 3;
let looked = 0;

/**
 * Reads sixteen bytes all over a block, like the benchmark of the data plane, and checks that the block is complete.
 */
function look(block: Uint8Array, bytes: number): number {
  if (block.byteLength < bytes || block[bytes - 1] !== lastByte)
    throw new Error(`a block of ${bytes} bytes arrived damaged`);
  const step = Math.max(1, bytes >>> 4);
  for (let place = 0; place < bytes; place += step) looked = (looked + (block[place] ?? 0)) >>> 0;
  return block[0] ?? 0;
}

/** Returns a function that reuses its buffer unless the size changes. */
function bufferFor(): (bytes: number) => Uint8Array {
  let buffer = new Uint8Array(0);
  return (bytes) => {
    if (buffer.byteLength !== bytes) buffer = new Uint8Array(bytes);
    return buffer;
  };
}

/** Reads until the buffer is full. */
export function readAll(fd: number, buffer: Uint8Array): void {
  for (let at = 0; at < buffer.byteLength; ) {
    const taken = readBlocking(fd, at === 0 ? buffer : buffer.subarray(at));
    if (taken === 0) throw new Error('the sender has closed its end');
    at += taken;
  }
}

export function streamReceiver(there: number, back: number): ReceiverEnd {
  const [buffer, one] = [bufferFor(), new Uint8Array(1)];
  return {
    receive: (bytes) => {
      readAll(there, buffer(bytes));
      return look(buffer(bytes), bytes);
    },
    acknowledge: () => void writeBlocking(back, one),
  };
}

export function queueReceiver(there: number, back: number): ReceiverEnd {
  const [buffer, one] = [bufferFor(), new Uint8Array(1)];
  const message = new Uint8Array(queueMessageBytes);
  return {
    receive: (bytes) => {
      const block = buffer(bytes);
      for (let at = 0; at < bytes; ) {
        // Receive directly into the block if there is room for a full message: the call refuses a shorter buffer.
        const isRoom = bytes - at >= queueMessageBytes;
        const target = isRoom ? block.subarray(at, at + queueMessageBytes) : message;
        const taken = mqReceiveBlocking(there, target);
        if (!isRoom) block.set(message.subarray(0, taken), at);
        at += taken;
      }
      return look(block, bytes);
    },
    acknowledge: () => mqSendBlocking(back, one),
  };
}

export function portReceiver(port: Endpoint): ReceiverEnd {
  const come: Uint8Array[] = [];
  let wake: (() => void) | undefined;
  port.onMessage((message) => {
    if (message instanceof Uint8Array) come.push(message);
    wake?.();
  });
  port.onClose(() => undefined);
  port.start();
  return {
    receive: async (bytes) => {
      while (come.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return look(come.shift() ?? new Uint8Array(0), bytes);
    },
    acknowledge: () => port.post(0, []),
  };
}

export interface SharedSides {
  readonly ring: RecordReader;
  readonly frames: FrameReader;
  readonly words: Uint32Array<SharedArrayBuffer>;
}

/** Reads in place. Without signals it polls; with signals it sleeps until it is woken. */
export function sharedReceiver(sides: SharedSides, signals?: { toReceiver: Signal; toSender: Signal }): ReceiverEnd {
  const receive = (bytes: number): number => {
    for (;;) {
      const mark = take(sides, bytes);
      if (mark !== undefined) return mark;
    }
  };
  const receiveAsleep = async (bytes: number): Promise<number> => {
    for (;;) {
      const seen = signals?.toReceiver.count ?? 0;
      const mark = take(sides, bytes);
      if (mark !== undefined) return mark;
      await signals?.toReceiver.wait(seen, { timeoutMs: 1000, spinUs: 0 });
    }
  };
  return {
    receive: signals ? receiveAsleep : receive,
    acknowledge: () => {
      Atomics.add(sides.words, sharedWord.acknowledged, 1);
      signals?.toSender.notify();
    },
  };
}

function take({ ring, frames }: SharedSides, bytes: number): number | undefined {
  if (bytes >= frameFromBytes) {
    const latest = frames.latest();
    if (latest.state === 'corrupt') throw new Error(latest.fault.detail);
    return latest.state === 'new' ? look(latest.frame.pixels, bytes) : undefined;
  }
  const peeked = ring.peek();
  if (peeked.state === 'corrupt') throw new Error(peeked.fault.detail);
  if (peeked.state === 'empty') return undefined;
  const mark = look(peeked.payload, bytes);
  ring.release();
  return mark;
}
