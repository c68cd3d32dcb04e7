import type { Director } from '../../../lab/index.ts';
import { connectionFigure } from '../connection-figure.ts';
import { toldNumber } from '../told.ts';
import type { signals as lesson } from './lesson.ts';

export const direct: Director<typeof lesson> = async (stage) => {
  const { signals } = stage.parameters;
  const [sender, receiver] = await Promise.all([stage.start('sender'), stage.start('receiver')]);
  const runs = Promise.all([receiver.run(), sender.run()]);
  runs.catch(() => undefined); // awaited below; a process may end before that
  sender.tell('pid', receiver.pid);
  sender.tell('thread', await toldNumber(receiver, 'ready'));
  const draw = (lines: readonly string[]) => {
    const sides = [
      { name: sender.name, pid: sender.pid, lines: [`SIGUSR2 × ${signals}`] },
      { name: receiver.name, pid: receiver.pid, lines },
    ] as const;
    stage.figure('signals', connectionFigure(sides, { label: 'SIGUSR2', lines: [] }, false));
  };
  for (let count = 1; count <= signals; count++) {
    draw([`handler × ${await toldNumber(receiver, 'handled')}`]);
    sender.tell('handled', true);
  }
  await sender.told('one by one');
  receiver.tell('one by one', true);
  await receiver.told('blocked');
  sender.tell('blocked', true);
  await sender.told('sent');
  receiver.tell('sent', true);
  const [{ refused, oneByOne, whileBlocked, queued, inOrder }] = await runs;
  draw([`handler × ${Number(oneByOne) + Number(whileBlocked)}`, `signalfd × ${queued}`]);
  const answer = whileBlocked === 1 ? 'once' : whileBlocked === 0 ? 'never' : 'each';
  const all = oneByOne === signals && queued === signals && inOrder === true;
  return {
    answer,
    held: answer === 'once' && all && refused === 'EINVAL',
    facts: {
      signals,
      oneByOne: Number(oneByOne),
      whileBlocked: Number(whileBlocked),
      queued: Number(queued),
      refused: String(refused),
    },
  };
};
