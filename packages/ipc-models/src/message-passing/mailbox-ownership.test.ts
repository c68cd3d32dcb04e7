import { memoryPair } from '@bulkhead/rpc/testing';
import fc from 'fast-check';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { MailboxBroker } from './mailbox-broker.ts';
import { type Mailbox, MailboxEndedError, Mailboxes, MailboxRefusedError } from './mailboxes.ts';

// Compares the broker with a model of the owners of mailboxes. Processes create, use, destroy and die in any order.

const processNames = ['A', 'B', 'C'] as const;
const mailboxNames = ['x', 'y'] as const;
type ProcessName = (typeof processNames)[number];
type MailboxName = (typeof mailboxNames)[number];

/** A process that waits for a message, with the result in the model and in reality. */
interface Wait {
  readonly by: ProcessName;
  expected: string;
  actual: string;
}

interface ModelBox {
  readonly owner: ProcessName | 'browser';
  readonly capacity: number;
  readonly held: number[];
  readonly waiting: Wait[];
}

interface Model {
  readonly boxes: Map<MailboxName, ModelBox>;
  /** Mailboxes that a process knows. Some may have ended. */
  readonly known: Set<string>;
  readonly waits: Wait[];
}

interface Process {
  readonly mailboxes: Mailboxes;
  readonly known: Map<MailboxName, Mailbox<number>>;
  kill(): void;
}

/** `isConfused`: all processes use the port of the first, so the broker treats them as the same process. */
class Real {
  readonly broker = new MailboxBroker();
  readonly processes = new Map<ProcessName, Process>();
  readonly #isConfused: boolean;
  sent = 0;

  constructor(isConfused: boolean) {
    this.#isConfused = isConfused;
    for (const name of processNames) this.start(name);
  }

  start(name: ProcessName): void {
    const first = this.processes.get('A');
    if (this.#isConfused && first) {
      this.processes.set(name, { ...first, known: new Map() });
      return;
    }
    const [mine, theirs] = memoryPair();
    this.broker.connect(theirs, { name });
    const kill = () => (this.#isConfused ? undefined : mine.kill());
    this.processes.set(name, { mailboxes: new Mailboxes(mine), known: new Map(), kill });
  }

  of(name: ProcessName): Process {
    const process = this.processes.get(name);
    if (!process) throw new Error(`no process ${name}`);
    return process;
  }
}

/** Waits until every message that was sent has arrived. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 12; turn++) await new Promise((resolve) => setImmediate(resolve));
}

type Step = (model: Model, real: Real) => Promise<void>;

class Command implements fc.AsyncCommand<Model, Real> {
  readonly #text: string;
  readonly #run: Step;

  constructor(text: string, run: Step) {
    this.#text = text;
    this.#run = run;
  }

  check = (): boolean => true;

  async run(model: Model, real: Real): Promise<void> {
    await this.#run(model, real);
    await settle();
    const seen = real.broker
      .mailboxes()
      .map(({ name, owner, messages, receivers }) => ({ name, owner, messages, receivers }));
    const expected = [...model.boxes].map(([name, { owner, held, waiting }]) => ({
      name,
      owner,
      messages: held,
      receivers: waiting.map(({ by }) => by),
    }));
    expect(seen).toEqual(expected);
    expect(model.waits.map(({ actual }) => actual)).toEqual(model.waits.map((each) => each.expected));
  }

  toString(): string {
    return this.#text;
  }
}

function end(model: Model, name: MailboxName): void {
  for (const wait of model.boxes.get(name)?.waiting ?? []) wait.expected = 'ended';
  model.boxes.delete(name);
}

const create = (by: ProcessName, name: MailboxName, capacity: number, owner: 'process' | 'browser') =>
  new Command(`${by} creates ${name} (${capacity}, ${owner})`, async (model, real) => {
    const process = real.of(by);
    const made = await process.mailboxes.create(name, v.number(), { capacity, owner }).catch((error: unknown) => error);
    if (model.boxes.has(name)) {
      expect(made).toMatchObject({ reason: 'exists' });
      return;
    }
    expect(made).not.toBeInstanceOf(Error);
    process.known.set(name, made as Mailbox<number>);
    model.known.add(`${by} ${name}`);
    model.boxes.set(name, { owner: owner === 'process' ? by : 'browser', capacity, held: [], waiting: [] });
  });

const lookUp = (by: ProcessName, name: MailboxName) =>
  new Command(`${by} looks ${name} up`, async (model, real) => {
    const found = await real.of(by).mailboxes.lookUp(name, v.number());
    expect(found !== null).toBe(model.boxes.has(name));
    if (!found) return;
    real.of(by).known.set(name, found);
    model.known.add(`${by} ${name}`);
  });

const destroy = (by: ProcessName, name: MailboxName) =>
  new Command(`${by} destroys ${name}`, async (model, real) => {
    const destroyed = await real
      .of(by)
      .mailboxes.destroy(name)
      .catch((error: unknown) => error);
    const box = model.boxes.get(name);
    if (box && box.owner !== 'browser' && box.owner !== by) {
      expect(destroyed).toBeInstanceOf(MailboxRefusedError);
      return;
    }
    expect(destroyed).toBe(box !== undefined);
    end(model, name);
  });

const trySend = (by: ProcessName, name: MailboxName) =>
  new Command(`${by} sends to ${name}`, async (model, real) => {
    const mailbox = real.of(by).known.get(name);
    expect(mailbox !== undefined).toBe(model.known.has(`${by} ${name}`));
    if (!mailbox) return;
    const number = ++real.sent;
    const sent = await mailbox.trySend(number).catch((error: unknown) => error);
    const box = model.boxes.get(name);
    if (!box) {
      expect(sent).toBeInstanceOf(MailboxEndedError);
      return;
    }
    const receiver = box.waiting.shift();
    expect(sent).toBe(receiver !== undefined || box.held.length < box.capacity);
    if (receiver) receiver.expected = String(number);
    else if (sent === true) box.held.push(number);
  });

const tryReceive = (by: ProcessName, name: MailboxName) =>
  new Command(`${by} takes from ${name}`, async (model, real) => {
    const mailbox = real.of(by).known.get(name);
    if (!mailbox) return;
    const received = await mailbox.tryReceive().catch((error: unknown) => error);
    const box = model.boxes.get(name);
    if (box) expect(received).toBe(box.held.shift() ?? null);
    else expect(received).toBeInstanceOf(MailboxEndedError);
  });

const receive = (by: ProcessName, name: MailboxName) =>
  new Command(`${by} waits at ${name}`, async (model, real) => {
    const mailbox = real.of(by).known.get(name);
    if (!mailbox) return;
    const wait: Wait = { by, expected: 'waits', actual: 'waits' };
    mailbox.receive().then(
      (message) => {
        wait.actual = String(message);
      },
      (error: unknown) => {
        wait.actual = error instanceof MailboxEndedError ? 'ended' : 'died';
      },
    );
    model.waits.push(wait);
    const box = model.boxes.get(name);
    if (!box) wait.expected = 'ended';
    else if (box.held.length > 0) wait.expected = String(box.held.shift());
    else box.waiting.push(wait);
  });

/** Kills a process, and connects another one under its name. */
const replace = (by: ProcessName) =>
  new Command(`${by} is killed, and another takes its name`, async (model, real) => {
    real.of(by).kill();
    await settle();
    real.start(by);
    for (const [name, box] of [...model.boxes]) {
      for (const wait of box.waiting.filter((each) => each.by === by)) {
        // The process is dead, and in this test the end of its channel does not settle its wait.
        wait.expected = 'waits';
        box.waiting.splice(box.waiting.indexOf(wait), 1);
      }
      if (box.owner === by) end(model, name);
    }
    for (const name of mailboxNames) model.known.delete(`${by} ${name}`);
  });

const by = fc.constantFrom(...processNames);
const box = fc.constantFrom(...mailboxNames);
const commands = fc.commands(
  [
    fc
      .tuple(by, box, fc.constantFrom(0, 1, 3), fc.constantFrom('process' as const, 'browser' as const))
      .map((of) => create(...of)),
    fc.tuple(by, box).map((of) => lookUp(...of)),
    fc.tuple(by, box).map((of) => lookUp(...of)),
    fc.tuple(by, box).map((of) => destroy(...of)),
    fc.tuple(by, box).map((of) => trySend(...of)),
    fc.tuple(by, box).map((of) => tryReceive(...of)),
    fc.tuple(by, box).map((of) => receive(...of)),
    by.map(replace),
  ],
  { maxCommands: 40, size: '+1' },
);

const property = (isConfused: boolean) =>
  fc.asyncProperty(commands, (steps) =>
    fc.asyncModelRun(
      () => ({
        model: { boxes: new Map<MailboxName, ModelBox>(), known: new Set<string>(), waits: [] },
        real: new Real(isConfused),
      }),
      steps,
    ),
  );

it('a mailbox belongs to its owner, ends with it for all, and gives each message to one process', async () => {
  await fc.assert(property(false), { numRuns: 100 });
});

it('a broker that treats all processes as the same one fails the same test', async () => {
  const { failed } = await fc.check(property(true), { numRuns: 150, endOnFailure: true });
  expect(failed).toBe(true);
});
