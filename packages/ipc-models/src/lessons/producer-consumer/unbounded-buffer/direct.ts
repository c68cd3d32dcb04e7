import type { Director } from '../../../lab/index.ts';
import { relay } from '../../shared-memory/relay.ts';
import type { unboundedBuffer } from './lesson.ts';

export const direct: Director<typeof unboundedBuffer> = async (stage) => {
  const { items, itemKiB, limitMiB } = stage.parameters;
  const [producer, consumer] = await Promise.all([stage.start('producer'), stage.start('consumer')]);
  relay(producer, consumer, 'arena', 'buffer');
  relay(consumer, producer, 'attached', 'added', 'consumed');
  const [{ growths, peakBytes, waits, tookMs }, { inOrder }] = await Promise.all([producer.run(), consumer.run()]);
  const facts = {
    items,
    itemKiB,
    limitMiB,
    growths: Number(growths),
    peakMiB: Number(peakBytes) / (1 << 20),
    waits: Number(waits),
    producedMs: Number(tookMs),
    inOrder: inOrder === true,
  };
  const answer = facts.waits === 0 ? 'never' : facts.peakMiB + 1 > limitMiB ? 'limit' : 'full';
  return { answer, held: facts.inOrder && answer !== 'full' && facts.peakMiB <= limitMiB, facts };
};
