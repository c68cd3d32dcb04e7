import { MessageChannel, type MessagePort } from 'node:worker_threads';
import fc from 'fast-check';
import { expect, it } from 'vitest';

// Rights as in Mach, on real message ports, against a model of who holds them: who passes one has it no more, what is
// queued goes along, each message comes to one holder and in order, and the port dies with the process that receives.

const holders = ['A', 'B', 'C'] as const;
type Holder = (typeof holders)[number];
type Right = 'send' | 'receive';

interface Model {
  /** Undefined when it died with its holder. */
  send: Holder | undefined;
  receive: Holder | undefined;
  /** Sent, and not taken out of the port yet. */
  queue: number[];
  readonly received: Record<Holder, number[]>;
  /** Its receiver takes what comes at once. */
  isTaking: boolean;
  readonly alive: Set<Holder>;
}

/** One process, as far as rights go: a right that it has passed stays in its hands as a thing of no use. */
interface Process {
  readonly hands: Partial<Record<Right, MessagePort>>;
  readonly ways: Map<Holder, MessagePort>;
  readonly received: number[];
}

class Real {
  readonly processes: Record<Holder, Process>;
  /** Ports whose other end has died. */
  readonly told = new Set<MessagePort>();
  /** Passing leaves the right with who had it, as a plain reference would. */
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

  /** Throws when it has been passed already, or is dead: what is no longer one's own cannot be given away. */
  pass(right: Right, from: Holder, to: Holder): void {
    const port = this.processes[from].hands[right];
    if (!port) return;
    if (this.#copies) this.#take(to, right, port);
    else this.processes[from].ways.get(to)?.postMessage({ right, port }, [port]);
  }

  /** What the end of a process does to its ports. */
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

/** Whatever is under way has come to where it goes. */
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
      real.processes[by].hands.send?.postMessage(number); // silent where it has none: nothing says so
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
      // Of a port that is dead there is a name, and no right any more; what is queued in it keeps it alive.
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

it('a right is one process’s at a time, carries its queue along, and dies with it, in whatever order', async () => {
  await fc.assert(property(false), { numRuns: 200 });
});

it('and rights that are copied instead of passed are found out', async () => {
  const { failed } = await fc.check(property(true), { numRuns: 200, endOnFailure: true });
  expect(failed).toBe(true);
});
