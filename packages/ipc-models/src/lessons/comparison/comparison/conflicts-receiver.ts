import type { ReceiverSide } from './connect-receiver.ts';
import { sharedWord } from './offer.ts';
import { readAll } from './receiver-ends.ts';
import { writeAll } from './sender-ends.ts';
import { countUntilLost, hear, say } from './shared-counter.ts';
import type { TaskOf } from './tasks.ts';

const one = new Uint8Array(1);

/**
 * The other side of `countAgainst`. The number that both count by messages is local, so only this process changes it.
 */
export async function countAlong({ words, pipe }: ReceiverSide, { shared, messages }: TaskOf<'count'>) {
  countUntilLost(words, shared);
  let number = 0;
  for (let count = 0; count < messages; count++) {
    number += 1;
    readAll(pipe.there, one);
    number += 1;
  }
  return { lostByMessages: 2 * messages - number };
}

/** Counts blocks that had changed at the second read: in shared memory, and received. */
export async function changeSeen({ words, pipe }: ReceiverSide, { times }: TaskOf<'change'>) {
  let [shared, received] = [0, 0];
  const mine = new Uint8Array(64);
  for (let count = 0; count < times; count++) {
    hear(words, 4 * count + 1);
    const first = words[sharedWord.block];
    say(words, 4 * count + 2);
    hear(words, 4 * count + 3);
    if (words[sharedWord.block] !== first) shared += 1;
    say(words, 4 * count + 4);
  }
  for (let count = 0; count < times; count++) {
    readAll(pipe.there, mine);
    const first = mine[0];
    writeAll(pipe.back, one);
    readAll(pipe.there, one);
    if (mine[0] !== first) received += 1;
    writeAll(pipe.back, one);
  }
  return { shared, received };
}
