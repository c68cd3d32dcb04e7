import type { SenderSide } from './connect-sender.ts';
import { sharedWord } from './offer.ts';
import { readAll } from './receiver-ends.ts';
import { writeAll } from './sender-ends.ts';
import { countUntilLost, hear, say } from './shared-counter.ts';
import type { TaskOf } from './tasks.ts';

const one = new Uint8Array(1);

/**
 * Both processes increment the same word without protection until an update is lost. Then this process asks the other
 * to count for it, by messages through the pipe.
 */
export async function countAgainst({ words, pipe }: SenderSide, { shared, messages }: TaskOf<'count'>) {
  const found = countUntilLost(words, shared);
  for (let count = 0; count < messages; count++) writeAll(pipe.there, one);
  return found;
}

/** Changes each block after the other process has read it once: in shared memory, and in private memory. */
export async function changeAfter({ words, pipe }: SenderSide, { times }: TaskOf<'change'>) {
  const mine = new Uint8Array(64);
  for (let count = 0; count < times; count++) {
    words[sharedWord.block] = 1;
    say(words, 4 * count + 1);
    hear(words, 4 * count + 2);
    words[sharedWord.block] = 2;
    say(words, 4 * count + 3);
    hear(words, 4 * count + 4);
  }
  for (let count = 0; count < times; count++) {
    writeAll(pipe.there, mine.fill(1));
    readAll(pipe.back, one);
    mine.fill(2);
    writeAll(pipe.there, one);
    readAll(pipe.back, one);
  }
  return null;
}
