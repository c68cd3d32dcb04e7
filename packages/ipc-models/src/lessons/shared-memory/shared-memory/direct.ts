import { newName, shm_unlink } from '@bulkhead/shared-memory/posix';
import type { Director } from '../../../lab/index.ts';
import { drawMemory } from '../memory-figure.ts';
import { refusal } from '../posix-calls.ts';
import { relay } from '../relay.ts';
import type { sharedMemory } from './lesson.ts';

export const direct: Director<typeof sharedMemory> = async (stage) => {
  // The name identifies its owner, so that the next browser can remove the object of a killed one.
  const name = newName();
  stage.onEnd(() => void refusal(() => shm_unlink(name)));
  const [creator, attacher] = await Promise.all([stage.start('creator'), stage.start('attacher')]);
  const views = drawMemory(stage, [creator, attacher], 'together');
  relay(creator, attacher, 'written', 'unlinked');
  relay(attacher, creator, 'answered', 'looked');
  for (const cast of [creator, attacher]) cast.tell('name', name);
  const [{ answer }, { greeting, still, refused }] = await Promise.all([creator.run(), attacher.run()]);
  const [made, attached] = [views.mapped(creator.name), views.mapped(attacher.name)];
  const facts = {
    name,
    greeting: String(greeting),
    answer: String(answer),
    still: String(still),
    refused: String(refused),
    object: made?.object ?? '',
    sameObject: made !== undefined && made.object === attached?.object,
    creatorAddress: made?.address ?? '',
    attacherAddress: attached?.address ?? '',
  };
  const isThere = refused === 'ENOENT' && still === 'Hello back';
  const isShared = facts.sameObject && greeting === 'Hello from the creator' && answer === 'Hello back';
  return { answer: isThere ? 'still-there' : 'gone', held: isThere && isShared, facts };
};
