/**
 * The unbounded buffer: the producer never waits, and only memory limits it. It is a chain of blocks in an arena. When
 * a block is full, the producer allocates and links the next. It frees blocks that the consumer has finished.
 *
 * A block, which only the producer writes:
 *
 * | byte | word | |
 * |---|---|---|
 * | 0 | count | number of complete items in it |
 * | 4 | next segment | the arena's segment with the next block, counted from 1; 0 while there is no next block |
 * | 8 | next offset | in units of 64 bytes |
 * | 64 | items | `blockItems` of `itemBytes` |
 *
 * The head, which only the consumer writes, has at byte 0 the number of finished blocks, modulo 2^32.
 */
import type { Arena } from '../segment/arena.ts';
import { checkArray, checkLabel, checkWhole } from '../segment/arguments.ts';
import { type BufferReport, registerBuffer, unregisterBuffer } from '../segment/buffer-registry.ts';
import { maximumBytes, type UnboundedBufferDescriptor, wordAlignment } from '../segment/descriptors.ts';
import { Lease } from '../segment/lease.ts';
import type { Region } from '../segment/region.ts';

const countWord = 0;
const nextSegmentWord = 1;
const nextOffsetWord = 2;
const blockHeaderBytes = 64;
const headBytes = 64;

/** Sizes of the items and the blocks of a new unbounded buffer. */
export interface UnboundedBufferOptions {
  /** Name in reports and errors. */
  readonly label: string;
  readonly itemBytes: number;
  /** Number of items in a block. Default: 64. */
  readonly blockItems?: number;
}

interface Block {
  readonly region: Region;
  readonly words: Uint32Array<SharedArrayBuffer>;
}

const blockBytes = (itemBytes: number, blockItems: number): number => blockHeaderBytes + itemBytes * blockItems;
const asBlock = (region: Region): Block => ({ region, words: region.words(0, blockHeaderBytes) });

/** Throws RangeError for a layout that cannot fit into any arena. */
function checkLayout(itemBytes: number, blockItems: number): void {
  checkWhole(itemBytes, 1, maximumBytes, 'an item’s length in bytes');
  checkWhole(blockItems, 1, Math.floor(maximumBytes / itemBytes), 'the count of items in a block');
}

/** State of one side, for `buffers()`. `blocks`: number of blocks that this side has; `newest`: the last of them. */
interface Side extends Required<UnboundedBufferOptions> {
  readonly role: 'writer' | 'reader';
  readonly arena: Arena;
  readonly head: Uint32Array<SharedArrayBuffer>;
  readonly newest: Block;
  readonly blocks: number;
  readonly fault: string | undefined;
}

/** Reports the buffer. Its control words are the first word of the head and the header of the newest block. */
function report({ label, role, arena, head, newest, blocks, itemBytes, blockItems, fault }: Side): BufferReport {
  const done = Atomics.load(head, 0);
  const header = [countWord, nextSegmentWord, nextOffsetWord].map((word) => Atomics.load(newest.words, word));
  const side = { pid: 0, generation: 1 };
  return {
    kind: 'unbounded-buffer',
    label,
    role,
    backend: arena.backend,
    arena: arena.label,
    bytes: headBytes + blocks * blockBytes(itemBytes, blockItems),
    slots: blocks * blockItems,
    slotBytes: itemBytes,
    writer: side,
    reader: side,
    sequence: { published: header[countWord] ?? 0, taken: done },
    counts: { taken: 0, dropped: 0, torn: 0, overwritten: 0 },
    fault: fault === undefined ? undefined : { reason: 'block', detail: fault },
    words: [done, ...header],
  };
}

/** The producing side. It must be in the process that owns the arena, because it allocates. */
export class UnboundedProducer {
  readonly label: string;
  readonly itemBytes: number;
  readonly #blockItems: number;
  readonly #arena: Arena;
  readonly #head: Region;
  /** Oldest first. The last block is being filled. */
  readonly #blocks: Block[];
  #count = 0;
  /** Number of blocks freed so far, modulo 2^32. */
  #freed = 0;
  readonly #lease: Lease;

  /**
   * Allocates the first block.
   * @param arena that this process owns
   * @param options `itemBytes`: size of an item; `blockItems`: items in a block
   * @throws ArenaFullError; nothing stays allocated then
   */
  constructor(arena: Arena, { label, itemBytes, blockItems = 64 }: UnboundedBufferOptions) {
    checkLabel(label, 'the label');
    checkLayout(itemBytes, blockItems);
    this.#lease = new Lease(`buffer "${label}"`, arena);
    this.label = label;
    this.itemBytes = itemBytes;
    this.#blockItems = blockItems;
    this.#arena = arena;
    this.#head = arena.allocate('read-write', headBytes, wordAlignment);
    this.#head.bytes().fill(0);
    try {
      this.#blocks = [this.#newBlock()];
    } catch (error) {
      arena.free(this.#head);
      throw error;
    }
    registerBuffer(this);
  }

  /** @returns the descriptor for the consumer. Call it before anything has been consumed. */
  descriptor(): UnboundedBufferDescriptor {
    this.#lease.assert();
    const { label, itemBytes } = this;
    const [head, block] = [this.#head.descriptor, this.#blocks[0]!.region.descriptor];
    return { kind: 'unbounded-buffer', label, head, block, itemBytes, blockItems: this.#blockItems };
  }

  /** Number of blocks in use now. */
  get blocks(): number {
    return this.#blocks.length;
  }

  /**
   * Puts in an item. Never waits. After an ArenaFullError call `grow` on the arena and `add` in the consumer, then
   * produce again.
   * @param item at most `itemBytes` bytes
   * @throws ArenaFullError if there is no memory left: nothing of the item is in the buffer then. RangeError for a
   *   longer item, TypeError if it is not a Uint8Array, ClosedMemoryError.
   */
  produce(item: Uint8Array): void {
    this.#lease.assert();
    checkArray(item, Uint8Array, 'an item');
    if (item.byteLength > this.itemBytes) {
      throw new RangeError(`an item of ${item.byteLength} bytes in a slot of ${this.itemBytes}`);
    }
    this.#free();
    let block = this.#blocks[this.#blocks.length - 1]!;
    if (this.#count === this.#blockItems) {
      const next = this.#newBlock();
      const { segment, offset } = this.#arena.placeOf(next.region);
      block.words[nextOffsetWord] = offset / wordAlignment;
      // Links the block. Pairs with the consumer's load: the block is initialised before the consumer can find it.
      Atomics.store(block.words, nextSegmentWord, segment + 1);
      this.#blocks.push(next);
      this.#count = 0;
      block = next;
    }
    const first = blockHeaderBytes + this.#count * this.itemBytes;
    const slot = block.region.bytes(first, this.itemBytes);
    slot.set(item);
    slot.fill(0, item.byteLength);
    this.#count += 1;
    Atomics.store(block.words, countWord, this.#count); // publishes the item
  }

  /** Frees the buffer's memory: tell the consumer first. Idempotent. */
  close(): void {
    if (!this.#lease.end()) return;
    unregisterBuffer(this);
    if (this.#arena.destroyed) return;
    for (const { region } of this.#blocks) this.#arena.free(region);
    this.#arena.free(this.#head);
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** For `buffers()`. */
  get usable(): boolean {
    return this.#lease.holds;
  }

  /**
   * For `buffers()`.
   * @returns counts and sizes as they are now
   */
  report(): BufferReport {
    this.#lease.assert();
    return report({
      label: this.label,
      role: 'writer',
      arena: this.#arena,
      head: this.#head.words(),
      newest: this.#blocks[this.#blocks.length - 1]!,
      blocks: this.#blocks.length,
      itemBytes: this.itemBytes,
      blockItems: this.#blockItems,
      fault: undefined,
    });
  }

  /**
   * Frees the blocks that the consumer has finished, but never the block that is being filled, whatever the head says.
   */
  #free(): void {
    const done = Atomics.load(this.#head.words(), 0);
    while (this.#freed !== done && this.#blocks.length > 1) {
      this.#arena.free(this.#blocks.shift()!.region);
      this.#freed = (this.#freed + 1) >>> 0;
    }
  }

  #newBlock(): Block {
    const region = this.#arena.allocate('read-write', blockBytes(this.itemBytes, this.#blockItems), wordAlignment);
    region.bytes(0, blockHeaderBytes).fill(0);
    return asBlock(region);
  }
}

export type UnboundedConsumed =
  | { readonly state: 'consumed'; readonly item: Uint8Array }
  | { readonly state: 'empty' }
  | { readonly state: 'corrupt'; readonly detail: string };

/**
 * The consuming side. Trust: it reads the producer's count and link once each and checks them. A link to a place
 * outside the arena is `corrupt`.
 */
export class UnboundedConsumer {
  readonly label: string;
  readonly itemBytes: number;
  readonly #blockItems: number;
  readonly #arena: Arena;
  readonly #head: Uint32Array<SharedArrayBuffer>;
  #block: Block;
  #taken = 0;
  #done = 0;
  /** The last fault found; undefined if there was none. */
  #fault: string | undefined;
  readonly #lease: Lease;

  /**
   * Attaches as the consumer.
   * @param arena that the producer owns
   * @param descriptor from the producer's `descriptor()`
   * @throws AttachError if the buffer is not in `arena`
   */
  constructor(arena: Arena, descriptor: UnboundedBufferDescriptor) {
    const { label, itemBytes, blockItems, head, block } = descriptor;
    checkLayout(itemBytes, blockItems);
    this.#lease = new Lease(`buffer "${label}"`, arena);
    this.label = label;
    this.itemBytes = itemBytes;
    this.#blockItems = blockItems;
    this.#arena = arena;
    this.#head = arena.region(head).words(0, headBytes);
    const first = arena.region(block);
    if (first.byteLength !== blockBytes(itemBytes, blockItems)) {
      throw new RangeError(`buffer "${label}": its first block does not have the size of its layout`);
    }
    this.#block = asBlock(first);
    registerBuffer(this);
  }

  /**
   * Takes out the oldest item, as a copy of `itemBytes`.
   * @returns the item, or `empty`, or `corrupt` once the producer has broken the rules
   * @throws ClosedMemoryError
   */
  consume(): UnboundedConsumed {
    this.#lease.assert();
    if (this.#taken === this.#blockItems) {
      const moved = this.#moveOn();
      if (moved) return moved;
    }
    const count = Atomics.load(this.#block.words, countWord);
    if (count > this.#blockItems || count < this.#taken) {
      return this.#corrupt(`${count} items in a block of ${this.#blockItems}, ${this.#taken} taken`);
    }
    if (count === this.#taken) return { state: 'empty' };
    const first = blockHeaderBytes + this.#taken * this.itemBytes;
    const item = new Uint8Array(this.#block.region.bytes(first, this.itemBytes));
    this.#taken += 1;
    return { state: 'consumed', item };
  }

  /** Ends the use of the buffer. The memory stays with the producer. Idempotent. */
  close(): void {
    if (this.#lease.end()) unregisterBuffer(this);
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** For `buffers()`. */
  get usable(): boolean {
    return this.#lease.holds;
  }

  /**
   * For `buffers()`. A consumer knows only the block that it reads.
   * @returns counts and sizes as they are now
   */
  report(): BufferReport {
    this.#lease.assert();
    return report({
      label: this.label,
      role: 'reader',
      arena: this.#arena,
      head: this.#head,
      newest: this.#block,
      blocks: 1,
      itemBytes: this.itemBytes,
      blockItems: this.#blockItems,
      fault: this.#fault,
    });
  }

  /** Moves to the next block, if there is one. */
  #moveOn(): UnboundedConsumed | undefined {
    const segment = Atomics.load(this.#block.words, nextSegmentWord);
    if (segment === 0) return { state: 'empty' };
    const offset = Atomics.load(this.#block.words, nextOffsetWord) * wordAlignment;
    const region = this.#arena.regionAt({ segment: segment - 1, offset }, blockBytes(this.itemBytes, this.#blockItems));
    if (!region) return this.#corrupt(`a link to offset ${offset} of segment ${segment - 1}`);
    this.#block = asBlock(region);
    this.#taken = 0;
    this.#done = (this.#done + 1) >>> 0;
    Atomics.store(this.#head, 0, this.#done); // gives the previous block back
    return undefined;
  }

  #corrupt(detail: string): UnboundedConsumed {
    this.#fault = detail;
    return { state: 'corrupt', detail };
  }
}
