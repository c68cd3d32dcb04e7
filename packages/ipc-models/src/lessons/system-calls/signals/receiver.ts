import {
  blockSignals,
  close,
  gettid,
  readSignals,
  SIGRTMIN,
  SIGUSR2,
  signalfd,
  unblockSignals,
} from '@bulkhead/shared-memory/system-calls';
import type { Program } from '../../../lab/index.ts';
import type { signals as lesson } from './lesson.ts';

/** Longest wait for the first run of the handler, and for another one, which should not come. */
const patienceMs = 2000;
const quietMs = 50;

export const program: Program<typeof lesson> = async (actor) => {
  let handled = 0;
  const tryKill = () => {
    try {
      process.on('SIGKILL', () => undefined);
      return '0';
    } catch (error) {
      return String((error as { code?: string }).code);
    }
  };
  const firstRun = async () => {
    const [before, until] = [handled, actor.nowUs() + patienceMs * 1000];
    while (handled === before && actor.nowUs() < until) await actor.turn();
    await actor.sleep(quietMs);
  };
  // ---
  await actor.step('handler');
  actor.call('sigaction(SIGUSR2, handler)', () => {
    process.on('SIGUSR2', () => {
      handled += 1;
      actor.tell('handled', handled);
    });
  });
  await actor.step('uncatchable');
  const refused = actor.call('sigaction(SIGKILL, handler)', tryKill);
  actor.tell('ready', gettid());
  await actor.told('one by one');
  const oneByOne = handled;
  await actor.step('block');
  actor.call('sigprocmask(SIG_BLOCK, SIGUSR2 | SIGRTMIN)', () => blockSignals([SIGUSR2, SIGRTMIN]));
  const fd = actor.call('signalfd(SIGRTMIN)', () => signalfd([SIGRTMIN]));
  actor.tell('blocked', true);
  await actor.told('sent');
  await actor.step('unblock');
  actor.call('sigprocmask(SIG_UNBLOCK, SIGUSR2)', () => unblockSignals([SIGUSR2]));
  await firstRun();
  const whileBlocked = handled - oneByOne;
  await actor.step('queued');
  const values = actor.call(`read(${fd}, buffer): si_value`, () => readSignals(fd).map(({ value }) => value));
  // ---
  close(fd);
  const inOrder = values.every((value, at) => value === (at + 1) * 100);
  return { refused, oneByOne, whileBlocked, queued: values.length, inOrder };
};
