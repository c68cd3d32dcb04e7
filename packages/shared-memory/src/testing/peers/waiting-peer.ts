/** The other side of signals, semaphores and mutexes. */
import { Arena } from '../../segment/arena.ts';
import type { ArenaDescriptor, RegionDescriptor } from '../../segment/descriptors.ts';
import { RobustMutex } from '../../waiting/robust-mutex.ts';
import { NamedSemaphore } from '../../waiting/semaphore.ts';
import { futexSleeper, Signal } from '../../waiting/waiting.ts';
import type { Message } from '../peer-process.ts';

let arena: Arena | undefined;
const signalAt = (region: unknown): Signal => new Signal(arena!.region(region as RegionDescriptor), futexSleeper);

const commands: Record<string, (message: Message) => unknown> = {
  attach: (message) => {
    arena = Arena.attach(message.arena as ArenaDescriptor);
  },
  /** Answers each event on one signal with an event on the other. */
  echo: async ({ ping, pong, rounds }) => {
    const [from, to] = [signalAt(ping), signalAt(pong)];
    process.send?.({ result: 'echoing' });
    for (let round = 0; round < Number(rounds); round += 1) {
      while (!(await from.wait(round, { timeoutMs: 1000 })));
      to.notify();
    }
    return 'echoed';
  },
  notify: ({ region }) => signalAt(region).notify(),
  post: ({ name }) => {
    using semaphore = NamedSemaphore.open(name as string);
    semaphore.post();
  },
  take: async ({ name }) => {
    using semaphore = NamedSemaphore.open(name as string);
    return await semaphore.wait(10_000);
  },
  lock: async ({ region }) => {
    await new RobustMutex(arena!.region(region as RegionDescriptor), { initialise: false }).lock(10_000);
    return 'locked';
  },
};

process.on('message', async (message: Message) => {
  try {
    process.send?.({ result: await commands[message.do as string]?.(message) });
  } catch (error) {
    process.send?.({ error: String(error) });
  }
});
process.send?.({ ready: true });
