import { Segment } from '@bulkhead/shared-memory';
import type { Director } from '../../../lab/index.ts';
import { SharedBuffer } from '../shared-buffer.ts';
import type { boundedBuffer } from './lesson.ts';

/** Makes the memory, gives both processes the way in, and lets them run. */
export const direct: Director<typeof boundedBuffer> = async (stage) => {
  const { n, items } = stage.parameters;
  const segment = await Segment.create({ label: 'lesson', backend: 'sealed', payloadBytes: SharedBuffer.bytes(n) });
  stage.onEnd(() => segment.destroy());
  const [producer, consumer] = await Promise.all([stage.start('producer'), stage.start('consumer')]);
  producer.tell('segment', segment.descriptor());
  consumer.tell('segment', segment.descriptor());
  const [{ most }, { inOrder }] = await Promise.all([producer.run(), consumer.run()]);
  const answer = Number(most) >= n ? (Number(most) > n ? 'more' : 'n') : 'one-less';
  return {
    answer,
    held: inOrder === true && Number(most) <= n - 1,
    facts: { most: Number(most), n, items, inOrder: inOrder === true },
  };
};
