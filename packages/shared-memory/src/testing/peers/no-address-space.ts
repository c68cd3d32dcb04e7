/** Uses up the engine's address space, and asks for a segment. */
import { Segment } from '../../segment/segment.ts';
import { leftovers } from '../leftovers.ts';

const memories: WebAssembly.Memory[] = [];
try {
  while (memories.length < 1e6) memories.push(new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }));
} catch {
  // full
}
const create = Segment.create({ label: 'test', backend: 'sealed', payloadBytes: 1 });
const failure = await create.then(
  () => ({ name: 'none', message: '' }),
  ({ name, message }: Error) => ({ name, message }),
);
process.send?.({ ...failure, count: memories.length, left: leftovers() });
