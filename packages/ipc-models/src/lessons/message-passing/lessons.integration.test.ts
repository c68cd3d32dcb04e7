import { beforeAll, describe, expect, it } from 'vitest';
import { type FinishedRun, runLessons } from '../../testing/run-lessons.ts';

const requests = {
  unix: 'connection?acceptMs=300',
  tcp: 'connection?over=tcp&messages=3&acceptMs=300',
  symmetric: 'direct-symmetric?messages=5',
  asymmetric: 'direct-asymmetric',
  mailboxes: 'mailboxes?receivers=3',
  owner: 'mailbox-owner',
  'blocking, blocking': 'synchronisation?lateMs=300',
  'blocking, non-blocking': 'synchronisation?receive=non-blocking&lateMs=300',
  'non-blocking, blocking': 'synchronisation?send=non-blocking&lateMs=300',
  'non-blocking, non-blocking': 'synchronisation?send=non-blocking&receive=non-blocking&lateMs=300',
  rendezvous: 'rendezvous',
  zero: 'buffering?capacity=zero&messages=6&receiverMs=100',
  bounded: 'buffering?messages=10&n=3&receiverMs=100',
  unbounded: 'buffering?capacity=unbounded',
  limited: 'buffering?capacity=unbounded&messages=50&kibibytes=512&limitMiB=4&receiverMs=200',
  mach: 'mach-ports?queued=4',
} as const;
type Name = keyof typeof requests;

let runs: Record<Name, FinishedRun>;

beforeAll(async () => {
  const finished = await runLessons(...Object.values(requests));
  runs = Object.fromEntries(Object.keys(requests).map((name, index) => [name, finished[index]])) as typeof runs;
}, 180_000);

const calls = (run: FinishedRun, actor: string, text: string) =>
  run.eventsOf(actor).filter((event) => event.kind !== 'note' && event.text.startsWith(text));

describe('a connection', () => {
  it.each(['unix', 'tcp'] as const)('over %s makes the chapter’s calls in their order', (over) => {
    const run = runs[over];
    expect(run).toMatchObject({ held: true, answer: 'before' });
    const named = /^(get_hostid|get_processid|open_connection|write_message|read_message|close_connection)\(/;
    const order = run.eventsOf('client').flatMap(({ text }) => named.exec(text)?.[1] ?? []);
    const messages = Number(run.parameters.messages);
    const exchange = Array.from({ length: messages }, () => ['write_message', 'read_message']).flat();
    expect(order).toEqual(['get_hostid', 'get_processid', 'open_connection', ...exchange, 'close_connection']);
    // Each is made of system calls, which are recorded within it.
    for (const [call, inner] of [['open_connection(', 'connect('] as const, ['write_message(', 'write('] as const]) {
      const [outer] = calls(run, 'client', call);
      const [made] = calls(run, 'client', inner);
      expect(made?.startUs).toBeGreaterThanOrEqual(outer?.startUs ?? Number.NaN);
      expect(made?.endUs).toBeLessThanOrEqual(outer?.endUs ?? Number.NaN);
    }
  });

  it('is open to the client before the server accepts it, and closed to the server when the client has closed', () => {
    const [opened] = calls(runs.unix, 'client', 'open_connection(');
    const [accepted] = calls(runs.unix, 'server', 'accept_connection(');
    expect(opened?.endUs).toBeLessThan(accepted?.startUs ?? 0);
    const last = calls(runs.unix, 'server', 'read_message(').at(-1);
    expect(last).toMatchObject({ result: 'null' });
    expect(calls(runs.unix, 'client', 'close_connection(')[0]?.startUs).toBeLessThan(last?.endUs ?? 0);
  });
});

describe('direct naming', () => {
  it('makes one link for a pair automatically, and none for others', () => {
    expect(runs.symmetric).toMatchObject({
      held: true,
      answer: 'one',
      facts: { linksBefore: 0, links: 1, received: 10 },
    });
    const { links } = runs.symmetric.figures;
    expect(links?.kind === 'parts' && links.links.map(({ from, to }) => [from, to])).toEqual([['p', 'q']]);
  });

  it('tells the sender to a receiver that names none', () => {
    expect(runs.asymmetric).toMatchObject({ held: true, facts: { received: 9, told: 3, links: 3 } });
    const from = runs.asymmetric.eventsOf('receiver').filter(({ kind }) => kind === 'note');
    expect(new Set(from.map(({ values }) => values.from))).toEqual(new Set(['sender 1', 'sender 2', 'sender 3']));
  });
});

describe('a mailbox', () => {
  it('gives each letter to the process that has waited longest', () => {
    expect(runs.mailboxes).toMatchObject({ held: true, answer: 'first', facts: { deliveries: 6, between: 2 } });
    const order = runs.mailboxes.eventsOf('browser').map(({ values }) => values.order);
    expect(order).toEqual(['receiver 1, receiver 2, receiver 3', 'receiver 2, receiver 3, receiver 1']);
    const got = ['receiver 1', 'receiver 2', 'receiver 3'].map((name) =>
      calls(runs.mailboxes, name, 'receive(letters)').map(({ result }) => result),
    );
    expect(got).toEqual([
      ['"letter 1"', '"letter 6"'],
      ['"letter 2"', '"letter 4"'],
      ['"letter 3"', '"letter 5"'],
    ]);
  });

  it('ends with its owner and rejects the waits there; a mailbox of the system stays', () => {
    expect(runs.owner).toMatchObject({
      held: true,
      answer: 'owned',
      facts: { before: 3, left: 1, everyonesReceived: 3 },
    });
    const [waiting] = calls(runs.owner, 'other', 'receive(empty)');
    expect(waiting?.result).toContain('mailbox empty has ended: its owner is gone');
    const [kill] = runs.owner.eventsOf('browser');
    expect(waiting?.startUs).toBeLessThan(kill?.startUs ?? 0);
    expect(calls(runs.owner, 'user', 'receive(everyones)').map(({ result }) => result)).toContain('"one more"');
  });
});

describe('synchronisation', () => {
  it.each([
    ['blocking, blocking', 'both'],
    ['blocking, non-blocking', 'sender'],
    ['non-blocking, blocking', 'receiver'],
    ['non-blocking, non-blocking', 'nobody'],
  ] as const)('%s: %s', (pairing, answer) => {
    const run = runs[pairing];
    expect(run).toMatchObject({ held: true, answer, facts: { received: 4 } });
    const [send, receive] = pairing.split(', ');
    const longestMs = (actor: string, text: string) =>
      Math.max(...calls(run, actor, text).map(({ startUs, endUs }) => (endUs - startUs) / 1000));
    expect(longestMs('sender', 'send(') > 210).toBe(send === 'blocking');
    expect(longestMs('receiver', 'receive(') > 210).toBe(receive === 'blocking');
    const nulls = calls(run, 'receiver', 'receive(').filter(({ result }) => result === 'null');
    expect(nulls.length > 0).toBe(receive === 'non-blocking');
  });

  it('a rendezvous makes each process wait for the other', () => {
    expect(runs.rendezvous.held).toBe(true);
    const sends = calls(runs.rendezvous, 'sender', 'send(');
    const receives = calls(runs.rendezvous, 'receiver', 'receive(');
    expect(sends).toHaveLength(4);
    for (const [index, send] of sends.entries()) {
      const receive = receives[index];
      expect(send.endUs).toBeGreaterThan(receive?.startUs ?? Number.NaN);
      expect(receive?.endUs).toBeGreaterThan(send.startUs);
    }
  });
});

describe('buffering', () => {
  /** Returns the largest number of messages that were sent and not yet received. */
  const mostUnderway = (run: FinishedRun) => {
    const ends = (actor: string, text: string) => calls(run, actor, text).map(({ endUs }) => endUs);
    const [sent, received] = [ends('sender', 'send('), ends('receiver', 'receive(')];
    return Math.max(...sent.map((us, index) => index + 1 - received.filter((each) => each < us).length));
  };

  it('with capacity 0 makes every sender wait', () => {
    expect(runs.zero).toMatchObject({ held: true, answer: 'always', facts: { waited: 6, most: 0 } });
  });

  it('with a bounded capacity makes a sender wait only while it is full', () => {
    expect(runs.bounded).toMatchObject({ held: true, answer: 'when-full', facts: { most: 3, received: 10 } });
    const took = calls(runs.bounded, 'sender', 'send(').map(({ startUs, endUs }) => (endUs - startUs) / 1000);
    expect(took.slice(0, 3).every((ms) => ms < 100)).toBe(true);
    // The fourth message is sent when the first has been received or is on its way to the receiver.
    expect(mostUnderway(runs.bounded)).toBeLessThanOrEqual(3 + 1);
  });

  it('without a bound never makes a sender wait, and grows', () => {
    expect(runs.unbounded).toMatchObject({ held: true, answer: 'never', facts: { waited: 0, refused: false } });
    expect(Number(runs.unbounded.facts.most)).toBeGreaterThan(4);
    const { memory } = runs.unbounded.figures;
    const bytes = memory?.kind === 'chart' ? (memory.series[0]?.points.map(([, y]) => y) ?? []) : [];
    expect(Math.max(...bytes)).toBeGreaterThan(4 * 64 * 1024);
  });

  it('without a bound refuses messages beyond its memory limit', () => {
    expect(runs.limited).toMatchObject({ held: true, facts: { refused: true } });
    expect(Number(runs.limited.facts.mostKiB)).toBeLessThanOrEqual(4096);
    expect(calls(runs.limited, 'sender', 'send(').at(-1)?.result).toContain('no-memory');
    expect(runs.limited.facts.received).toBe(runs.limited.facts.sent);
  });
});

it('a port’s rights move in messages with its queue, and the port dies with its receiver', () => {
  const { mach } = runs;
  expect(mach).toMatchObject({ held: true, answer: 'successor' });
  const messages = mach.eventsOf().filter(({ kind }) => kind === 'message');
  const heardBy = (name: string) => messages.filter(({ to }) => to === name).map(({ actor, text }) => [actor, text]);
  expect(heardBy('server')).toEqual([
    ['client', 'from the client'],
    ['deputy', 'from the deputy'],
  ]);
  const jobs = heardBy('successor').filter(([actor]) => actor === 'client');
  expect(jobs.slice(0, 4).map(([, text]) => text)).toEqual(['job 1', 'job 2', 'job 3', 'job 4']);
  expect(calls(mach, 'client', 'receive(dead name')[0]?.result).toContain('is gone');
  const { bulkhead } = mach.figures;
  const contracts = bulkhead?.kind === 'table' ? bulkhead.rows.map(([contract]) => contract) : [];
  expect(contracts.filter((contract) => contract === 'lesson-process')).toHaveLength(4);
});
