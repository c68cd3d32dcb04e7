import type { Director } from '../../../lab/index.ts';
import { giveMemory } from '../../shared-memory/common-memory.ts';
import { BufferMemory } from '../shared-buffer.ts';
import type { boundedBuffer } from './lesson.ts';

/** Makes the memory, gives it to both processes, and lets them run. */
export const direct: Director<typeof boundedBuffer> = async (stage) => {
  const { n, items } = stage.parameters;
  const [producer, consumer] = await Promise.all([stage.start('producer'), stage.start('consumer')]);
  await giveMemory(stage, 4 * BufferMemory.words(n), [producer, consumer]);
  const [{ most, full }, { inOrder, empty }] = await Promise.all([producer.run(), consumer.run()]);
  const answer = Number(most) >= n ? (Number(most) > n ? 'more' : 'n') : 'one-less';
  return {
    answer,
    held: inOrder === true && Number(most) <= n - 1,
    facts: { most: Number(most), n, items, inOrder: inOrder === true, full: Number(full), empty: Number(empty) },
  };
};
