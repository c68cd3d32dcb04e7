import { Arena, ArenaFullError, UnboundedProducer } from '@bulkhead/shared-memory';
import type { Actor } from '../../../lab/index.ts';

const mebibyte = 1 << 20;
/** Number of items that are allocated together. */
const blockItems = 8;
/** Time between two drawings of its size, ms. */
const drawPeriodMs = 40;
/** Most points of a line in the figure. */
const mostPoints = 500;

/** The producer's memory. It grows by 1 MiB at a time up to the limit, and draws its size and use. */
export class GrowingMemory {
  readonly found = { growths: 0, peakBytes: 0, waits: 0 };
  readonly #actor: Actor;
  readonly #arena: Arena;
  readonly #buffer: UnboundedProducer;
  readonly #limitBytes: number;
  readonly #itemBytes: number;
  #bytes = mebibyte;
  readonly #sizes: [number, number][] = [];
  readonly #uses: [number, number][] = [];
  readonly #startUs: number;
  #drawer: NodeJS.Timeout | undefined;

  private constructor(actor: Actor, arena: Arena, itemBytes: number, limitBytes: number) {
    this.#actor = actor;
    this.#arena = arena;
    this.#itemBytes = itemBytes;
    this.#limitBytes = limitBytes;
    this.#buffer = new UnboundedProducer(arena, { label: 'unbounded buffer', itemBytes, blockItems });
    this.#startUs = actor.nowUs();
  }

  /** Makes the memory, and tells the consumer how to attach (`arena`, `buffer`). */
  static async create(actor: Actor, itemBytes: number, limitBytes: number): Promise<GrowingMemory> {
    const arena = await Arena.create({ label: 'unbounded buffer', readWriteBytes: mebibyte - 8192 });
    const memory = new GrowingMemory(actor, arena, itemBytes, limitBytes);
    actor.tell('arena', arena.descriptor());
    actor.tell('buffer', memory.#buffer.descriptor());
    memory.#drawer = setInterval(() => memory.draw(), drawPeriodMs);
    return memory;
  }

  /** Puts in an item. If there is no memory left, it grows; at the limit it waits for the consumer. */
  async put(item: Uint8Array): Promise<void> {
    while (!this.#tryPut(item)) {
      if (this.#bytes + mebibyte > this.#limitBytes) return this.#putOnceThereIsRoom(item);
      await this.#grow();
    }
  }

  draw(): void {
    const atMs = (this.#actor.nowUs() - this.#startUs) / 1000;
    this.#sizes.push([atMs, this.#bytes]);
    this.#uses.push([atMs, this.#buffer.blocks * blockItems * this.#itemBytes]);
    this.#actor.figure('memory', {
      kind: 'chart',
      x: { label: 'axis.time', unit: 'ms', log: false },
      y: { label: 'axis.memory', unit: 'bytes', log: false },
      series: [
        { label: 'series.taken', points: this.#sizes.slice(-mostPoints) },
        { label: 'series.held', points: this.#uses.slice(-mostPoints) },
      ],
      marks: [],
    });
  }

  stopDrawing(): void {
    clearInterval(this.#drawer);
    this.draw();
  }

  #tryPut(item: Uint8Array): boolean {
    try {
      this.#buffer.produce(item);
    } catch (error) {
      if (error instanceof ArenaFullError) return false;
      throw error;
    }
    this.found.peakBytes = Math.max(this.found.peakBytes, this.#bytes);
    return true;
  }

  async #grow(): Promise<void> {
    const grow = async () => {
      this.#actor.tell('arena', await this.#arena.grow('read-write', mebibyte - 8192));
      await this.#actor.told('added'); // the consumer must attach it before a link points there
      this.#bytes += mebibyte;
      return this.#bytes;
    };
    await this.#actor.call('grow()', grow);
    this.found.growths += 1;
  }

  async #putOnceThereIsRoom(item: Uint8Array): Promise<void> {
    this.found.waits += 1;
    if (this.found.waits === 1) this.#actor.note('limit', { bytes: this.#bytes });
    const wait = async () => {
      while (!this.#tryPut(item)) await this.#actor.sleep(1);
    };
    await this.#actor.call('wait for memory', wait, 'wait');
  }
}
