import { beforeAll, describe, expect, it } from 'vitest';
import { type FinishedRun, runLessons } from '../../testing/run-lessons.ts';

const requests = [
  'system-calls',
  'pipe?messages=20&readerMs=300',
  'fifo?readerMs=250',
  'message-queue?capacity=3&receiverMs=250',
  'socket-pair?type=stream',
  'socket-pair?type=seqpacket',
  'unix-socket?clients=3',
  'tcp?host=127.0.0.2&number=65537',
  'file-mmap?sharing=shared',
  'file-mmap?sharing=private',
  'signals?signals=25',
];
let runs: Map<string, FinishedRun>;

const runOf = (request: string): FinishedRun => {
  const run = runs.get(request);
  if (!run) throw new Error(`${request} did not run`);
  return run;
};
/** Returns the events of one process whose text starts with `text`. */
const calls = (run: FinishedRun, actor: string, text: string) =>
  run.eventsOf(actor).filter((event) => event.text.startsWith(text));

beforeAll(async () => {
  const finished = await runLessons(...requests);
  runs = new Map(requests.map((request, index) => [request, finished[index] as FinishedRun]));
}, 120_000);

it.each(requests)('%s holds, between separate processes', (request) => {
  const run = runOf(request);
  expect(run.held, JSON.stringify(run.facts)).toBe(true);
  const pids = run.actors.map(({ pid }) => pid);
  expect(new Set(pids).size).toBe(pids.length);
});

it('makes each call of UNIX and shows its result, and makes no calls of other systems', () => {
  const { figures } = runOf('system-calls');
  const { calls: table, implementations } = figures;
  if (table?.kind !== 'table' || implementations?.kind !== 'table') throw new Error('the tables are missing');
  const results = Object.fromEntries(table.rows.map(([category, , result]) => [category, String(result)]));
  expect(results).toMatchObject({
    'category.pipe': expect.stringMatching(/^fd \d+ → pipe:\[\d+\]: "hello"$/),
    'category.fifo': expect.stringMatching(/→ \/.*\/fifo: "hello"$/),
    'category.message-queue': expect.stringMatching(/"hello", 3$/),
    'category.tcp': expect.stringMatching(/→ socket:\[\d+\]: "hello"$/),
    'category.shm_open': expect.stringMatching(/→ \/dev\/shm\/bulkhead-.*: 65536 B$/),
    'category.mmap': expect.stringMatching(/^0x[0-9a-f]+, 0x[0-9a-f]+: "hello"$/),
    'category.signals': 'SIGUSR2 → handler',
  });
  const windows = Object.fromEntries(table.rows.map(([category, , , windowsCall]) => [category, windowsCall]));
  expect(windows).toMatchObject({
    'category.pipe': 'CreatePipe()',
    'category.shm_open': 'CreateFileMapping()',
    'category.mmap': 'MapViewOfFile()',
  });
  const elsewhere = implementations.rows.filter(([, , result]) => result === 'not-run').map(([, name]) => name);
  expect(elsewhere).toEqual(['Mach ports', 'Windows ALPC']);
});

describe('a pipe', () => {
  it('joins messages, and makes its writer wait until the reader is back', () => {
    const run = runOf('pipe?messages=20&readerMs=300');
    const [first] = calls(run, 'reader', 'read(');
    expect(first?.result).toMatch(/^"message 1;message 2;.*/);
    expect(run.facts.firstBytes).toBe(
      Array.from({ length: 20 }, (_, index) => `message ${index + 1};`).join('').length,
    );
    const [work] = calls(run, 'reader', 'work');
    const filling = calls(run, 'writer', 'write(').at(-1);
    expect(filling?.kind).toBe('wait');
    expect(filling?.endUs).toBeGreaterThanOrEqual(work?.endUs ?? Number.NaN);
    expect(run.eventsOf('reader').find(({ text }) => text === 'end')?.values.rest).toBe(Number(run.facts.room) + 1);
  });
});

describe('a FIFO', () => {
  it('lets the writer’s open() return when the reader opens it, and refuses a writer that does not wait', () => {
    const run = runOf('fifo?readerMs=250');
    const [tried, waited] = calls(run, 'writer', 'open(');
    const [opened] = calls(run, 'reader', 'open(');
    expect(tried?.result).toBe('"ENXIO"');
    expect(waited?.startUs).toBeLessThan(opened?.startUs ?? Number.NaN);
    expect(waited?.endUs).toBeGreaterThanOrEqual(opened?.startUs ?? Number.NaN);
    expect((waited?.endUs ?? 0) - (waited?.startUs ?? 0)).toBeGreaterThan(200_000);
  });
});

describe('a message queue', () => {
  it('delivers the highest priority first, and makes its sender wait while it is full', () => {
    const run = runOf('message-queue?capacity=3&receiverMs=250');
    const received = run.eventsOf('receiver').filter(({ text }) => text === 'received');
    expect(received.map(({ values }) => values.priority)).toEqual([9, 5, 1, 1]);
    const last = calls(run, 'sender', 'mq_send(').at(-1);
    const [work] = calls(run, 'receiver', 'work');
    expect(last?.endUs).toBeGreaterThanOrEqual(work?.endUs ?? Number.NaN);
  });
});

describe('sockets', () => {
  it('join the messages of a stream and keep packets apart, over a passed end', () => {
    expect(calls(runOf('socket-pair?type=stream'), 'child', 'read(')[0]?.result).toBe(
      '"message 1;message 2;message 3;"',
    );
    expect(calls(runOf('socket-pair?type=seqpacket'), 'child', 'read(')[0]?.result).toBe('"message 1;"');
    expect(runOf('socket-pair?type=stream').facts).toMatchObject({ sameSocket: true, tried: 'ENXIO' });
  });

  it('name the client’s process on one machine, and only its address over TCP', () => {
    const unix = runOf('unix-socket?clients=3');
    const clients = unix.actors.filter(({ role }) => role === 'client').map(({ pid }) => pid);
    const named = unix.eventsOf('server').filter(({ text }) => text === 'client');
    expect(named.map(({ values }) => values.pid).sort()).toEqual(clients.sort());
    expect(named.every(({ values }) => values.said === 'I am process 1')).toBe(true);
    const tcp = runOf('tcp?host=127.0.0.2&number=65537');
    expect(tcp.facts).toMatchObject({ pid: 0, bytes: '0 1 0 1', address: expect.stringMatching(/^127\.0\.0\.2:\d+$/) });
  });
});

describe('a mapped file', () => {
  it('keeps the bytes that its killed writer stored, unless the mapping was private', () => {
    expect(runOf('file-mmap?sharing=shared').facts).toMatchObject({ seen: 'STORED', inFile: 'STORED' });
    expect(runOf('file-mmap?sharing=private').facts).toMatchObject({ seen: 'before', inFile: 'before' });
    const { figures } = runOf('file-mmap?sharing=shared');
    if (figures.memory?.kind !== 'memory') throw new Error('the memory is missing');
    const [one, other] = figures.memory.views;
    expect(one?.object).toBe(other?.object);
    expect(one?.bytes).toEqual(other?.bytes);
  });
});

describe('signals', () => {
  it('are merged while they are blocked, and counted if they are queued', () => {
    expect(runOf('signals?signals=25').facts).toMatchObject({
      oneByOne: 25,
      whileBlocked: 1,
      queued: 25,
      refused: 'EINVAL',
    });
  });
});
