/** What the producing thread is told. */
export interface RingTask {
  readonly library: 'ours' | 'ringbuf.js';
  readonly storage: SharedArrayBuffer;
  /** Elements. */
  readonly capacity: number;
  /** Elements that each push offers. */
  readonly chunk: number;
  /** Elements in all. */
  readonly elements: number;
}
