/** For tests of what is built on rpc. Runs on Node. */
export { type MemoryPort, memoryPair } from './memory-pair.ts';
