import { MessageChannel, type MessagePort } from 'node:worker_threads';
import fc from 'fast-check';
import { expect, it } from 'vitest';

// Compares port rights as in Mach, on real message ports, with a model of their holders. A process that passes a right
// loses it; queued messages move along; each message arrives at one holder, in order; a port dies with its receiver.

const holders = ['A', 'B', 'C'] as const;
type Holder = (typeof holders)[number];
type Right = 'send' | 'receive';

interface Model {
  /** Undefined once the right died with its holder. */
  send: Holder | undefined;
  receive: Holder | undefined;
  /** Messages that were sent and not yet received. */
  queue: number[];
  readonly received: Record<Holder, number[]>;
  /** The receiver takes messages as they come. */
  isTaking: boolean;
  readonly alive: Set<Holder>;
}

/** One process with its rights. A right that it has passed stays in `hands` but is useless. */
interface Process {
  readonly hands: Partial<Record<Right, MessagePort>>;
  readonly ways: Map<Holder, MessagePort>;
  readonly received: number[];
}

class Real {
  readonly processes: Record<Holder, Process>;
  /** Ports that were told that their other end died. */
  readonly told = new Set<MessagePort>();
  /** Variant in which passing copies a right, like a plain reference. */
  readonly #copies: boolean;
  sent = 0;

  constructor(copies: boolean) {
    this.#copies = copies;
    const process = (): Process => ({ hands: {}, ways: new Map(), received: [] });
    this.processes = { A: process(), B: process(), C: process() };
    for (const [one, other] of [
      ['A', 'B'],
      ['A', 'C'],
      ['B', 'C'],
    ] as const) {
      const { port1, port2 } = new MessageChannel();
      this.#open(one, other, port1);
      this.#open(other, one, port2);
    }
    const { port1, port2 } = new MessageChannel();
    this.#take('A', 'send', port1);
    this.#take('B', 'receive', port2);
  }

  /** Passes a right. Throws if the process no longer has it, or if it is dead. */
  pass(right: Right, from: Holder, to: Holder): void {
    const port = this.processes[from].hands[right];
    if (!port) return;
    if (this.#copies) this.#take(to, right, port);
    else this.processes[from].ways.get(to)?.postMessage({ right, port }, [port]);
  }

  /** Ends a process: closes its ports. */
  end(holder: Holder): void {
    const { hands, ways } = this.processes[holder];
    for (const port of [...Object.values(hands), ...ways.values()]) port.close();
  }

  #open(holder: Holder, to: Holder, way: MessagePort): void {
    way.on('message', ({ right, port }: { right: Right; port: MessagePort }) => this.#take(holder, right, port));
    this.processes[holder].ways.set(to, way);
  }

  #take(holder: Holder, right: Right, port: MessagePort): void {
    this.processes[holder].hands[right] = port;
    if (right === 'receive') return;
    port.on('close', () => this.told.add(port));
    port.start();
  }
}

/** Waits until every message that was sent has arrived. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 8; turn++) await new Promise((resolve) => setImmediate(resolve));
}

class Command implements fc.AsyncCommand<Model, Real> {
  readonly #text: string;
  readonly check: (model: Readonly<Model>) => boolean;
  readonly #run: (model: Model, real: Real) => void;

  constructor(text: string, check: (model: Readonly<Model>) => boolean, run: (model: Model, real: Real) => void) {
    this.#text = text;
    this.check = check;
    this.#run = run;
  }

  async run(model: Model, real: Real): Promise<void> {
    this.#run(model, real);
    await settle();
    for (const holder of holders) expect(real.processes[holder].received, holder).toEqual(model.received[holder]);
    const sending = model.send && real.processes[model.send].hands.send;
    if (sending) expect(real.told.has(sending), 'told that the receiver is dead').toBe(model.receive === undefined);
  }

  toString(): string {
    return this.#text;
  }
}

const send = (by: Holder) =>
  new Command(
    `${by} sends`,
    ({ alive }) => alive.has(by),
    (model, real) => {
      const number = ++real.sent;
      real.processes[by].hands.send?.postMessage(number); // without a right nothing happens, and there is no error
      if (model.send !== by || !model.receive) return;
      if (model.isTaking) model.received[model.receive].push(number);
      else model.queue.push(number);
    },
  );

const take = (by: Holder) =>
  new Command(
    `${by} takes what comes`,
    ({ alive }) => alive.has(by),
    (model, real) => {
      const { hands, received } = real.processes[by];
      hands.receive?.removeAllListeners('message');
      hands.receive?.on('message', (number: number) => received.push(number));
      if (model.receive !== by) return;
      model.received[by].push(...model.queue.splice(0));
      model.isTaking = true;
    },
  );

const pass = (right: Right, from: Holder, to: Holder) =>
  new Command(
    `${from} passes the ${right} right to ${to}`,
    ({ alive }) => from !== to && alive.has(from) && alive.has(to),
    (model, real) => {
      const giving = () => real.pass(right, from, to);
      if (!real.processes[from].hands[right]) return;
      // A right to a dead port cannot be passed. Queued messages keep a port alive.
      const isDead =
        right === 'send' ? model.receive === undefined : model.send === undefined && model.queue.length === 0;
      if (isDead || model[right] !== from) {
        expect(giving).toThrow('detached');
        return;
      }
      giving();
      model[right] = to;
      if (right === 'receive') model.isTaking = false;
    },
  );

const kill = (holder: Holder) =>
  new Command(
    `${holder} is killed`,
    ({ alive }) => alive.has(holder),
    (model, real) => {
      real.end(holder);
      model.alive.delete(holder);
      if (model.send === holder) model.send = undefined;
      if (model.receive !== holder) return;
      model.receive = undefined;
      model.queue = [];
    },
  );

const holder = fc.constantFrom(...holders);
const right = fc.constantFrom<Right>('send', 'receive');
const passing = fc.tuple(right, holder, holder).map((of) => pass(...of));
const commands = fc.commands(
  [holder.map(send), holder.map(send), holder.map(take), passing, passing, holder.map(kill)],
  {
    maxCommands: 40,
    size: '+1',
  },
);

const property = (copies: boolean) =>
  fc.asyncProperty(commands, async (steps) => {
    const real = new Real(copies);
    const model: Model = {
      send: 'A',
      receive: 'B',
      queue: [],
      received: { A: [], B: [], C: [] },
      isTaking: false,
      alive: new Set(holders),
    };
    try {
      await fc.asyncModelRun(() => ({ model, real }), steps);
    } finally {
      for (const each of holders) real.end(each);
    }
  });

it('a right belongs to one process at a time, moves with its queue, and dies with its holder', async () => {
  await fc.assert(property(false), { numRuns: 200 });
});

it('copied rights fail the same test', async () => {
  const { failed } = await fc.check(property(true), { numRuns: 200, endOnFailure: true });
  expect(failed).toBe(true);
});
