/** Instructions for the producing thread. */
export interface RingTask {
  readonly library: 'ours' | 'ringbuf.js';
  readonly storage: SharedArrayBuffer;
  /** Capacity of the ring, elements. */
  readonly capacity: number;
  /** Elements that each push offers. */
  readonly chunk: number;
  /** Total number of elements. */
  readonly elements: number;
}
