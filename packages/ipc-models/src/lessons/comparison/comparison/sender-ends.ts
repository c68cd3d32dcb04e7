import type { Endpoint } from '@bulkhead/rpc';
import { copyPixels, type FrameWriter, type RecordWriter, type Signal } from '@bulkhead/shared-memory';
import { mqReceiveBlocking, mqSendBlocking, readBlocking, writeBlocking } from '@bulkhead/shared-memory/system-calls';
import { frameOf, queueMessageBytes, sharedWord } from './offer.ts';
import { frameFromBytes } from './plan.ts';

/** The sender's end of one way. A call that returns no promise blocks until it is done. */
export interface SenderEnd {
  send(block: Uint8Array): void;
  /** Waits for the acknowledgement of everything sent since the last one. */
  acknowledged(): undefined | Promise<void>;
}

/** Writes until everything is written. */
export function writeAll(fd: number, block: Uint8Array): void {
  for (let at = writeBlocking(fd, block); at < block.byteLength; ) at += writeBlocking(fd, block.subarray(at));
}

/** Sends over a pair of pipes or a connected socket. */
export function streamSender(there: number, back: number): SenderEnd {
  const one = new Uint8Array(1);
  return {
    send: (block) => writeAll(there, block),
    acknowledged: () => {
      if (readBlocking(back, one) !== 1) throw new Error('the receiver has closed its end');
      return undefined;
    },
  };
}

/** Sends over a message queue. A message has a few KiB at most, so a larger block needs several. */
export function queueSender(there: number, back: number): SenderEnd {
  const one = new Uint8Array(queueMessageBytes);
  return {
    send: (block) => {
      if (block.byteLength <= queueMessageBytes) return mqSendBlocking(there, block);
      for (let at = 0; at < block.byteLength; at += queueMessageBytes) {
        mqSendBlocking(there, block.subarray(at, at + queueMessageBytes));
      }
    },
    acknowledged: () => void mqReceiveBlocking(back, one),
  };
}

export function portSender(port: Endpoint): SenderEnd {
  let arrived: (() => void) | undefined;
  port.onMessage(() => arrived?.());
  port.onClose(() => undefined);
  port.start();
  return {
    send: (block) => port.post(block, []),
    acknowledged: () =>
      new Promise<void>((resolve) => {
        arrived = resolve;
      }),
  };
}

export interface SharedSides {
  readonly ring: RecordWriter;
  readonly frames: FrameWriter;
  readonly words: Uint32Array<SharedArrayBuffer>;
  /** Number of acknowledgements waited for, over all ways that share the word. */
  readonly seen: { count: number };
}

/** Sends small blocks as records of a ring and large ones as frames. They are copied in once and read in place. */
export function sharedSender(sides: SharedSides, signals?: { toReceiver: Signal; toSender: Signal }): SenderEnd {
  const { words, seen } = sides;
  const isThere = () => Atomics.load(words, sharedWord.acknowledged) !== seen.count;
  const spin = (): undefined => {
    while (!isThere());
    seen.count = (seen.count + 1) >>> 0;
  };
  const sleep = async (): Promise<void> => {
    for (;;) {
      const rung = signals?.toSender.count ?? 0;
      if (isThere()) break;
      await signals?.toSender.wait(rung, { timeoutMs: 1000, spinUs: 0 });
    }
    seen.count = (seen.count + 1) >>> 0;
  };
  return {
    send: (block) => {
      put(sides, block);
      signals?.toReceiver.notify();
    },
    acknowledged: signals ? sleep : spin,
  };
}

function put({ ring, frames }: SharedSides, block: Uint8Array): void {
  if (block.byteLength >= frameFromBytes) {
    copyPixels(frames.borrow().pixels, block);
    const published = frames.publish(frameOf(block.byteLength));
    if (published.state === 'corrupt') throw new Error(published.fault.detail);
    return;
  }
  for (;;) {
    const claim = ring.claim(block.byteLength);
    if (claim.state === 'corrupt') throw new Error(claim.fault.detail);
    if (claim.state === 'full') continue;
    copyPixels(claim.payload, block);
    ring.publish();
    return;
  }
}
