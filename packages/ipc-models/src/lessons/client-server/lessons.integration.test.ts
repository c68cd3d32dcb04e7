import { beforeAll, expect, it } from 'vitest';
import { type FinishedRun, runLessons } from '../../testing/run-lessons.ts';

const requests = [
  'web-and-database?kill=database&requests=20&databaseMs=50',
  'web-and-database?kill=web',
  'web-and-database?kill=nobody',
  'web-and-database?over=rpc&kill=database&requests=20&databaseMs=50',
  'web-and-database?over=rpc&kill=web',
  'web-and-database?over=rpc&kill=nobody',
  'rpc?kill=server&inFlight=16',
  'rpc?kill=nobody&calls=100',
];
let runs: Map<string, FinishedRun>;

const runOf = (request: string): FinishedRun => {
  const run = runs.get(request);
  if (!run) throw new Error(`${request} did not run`);
  return run;
};

beforeAll(async () => {
  const finished = await runLessons(...requests);
  runs = new Map(requests.map((request, index) => [request, finished[index] as FinishedRun]));
}, 120_000);

it.each(requests)('%s holds', (request) => {
  const run = runOf(request);
  expect(run.held, JSON.stringify(run.facts)).toBe(true);
});

it.each(['messages', 'rpc'])(
  'answers every request of a web server whose database was killed, also the waiting ones, over %s',
  (over) => {
    const { facts, answer, actors, eventsOf } = runOf(
      `web-and-database?${over === 'rpc' ? 'over=rpc&' : ''}kill=database&requests=20&databaseMs=50`,
    );
    expect(answer).toBe('told');
    expect(Number(facts.ok) + Number(facts.unavailable)).toBe(facts.requests);
    expect(facts).toMatchObject({ hung: 0, refused: 0 });
    expect(Number(facts.ok)).toBeGreaterThan(0);
    expect(actors.find(({ name }) => name === 'database')?.end).toContain('SIGKILL');
    expect(eventsOf('web').some(({ text, values }) => text === 'gone' && Number(values.waiting) > 0)).toBe(true);
  },
);

it('shows the end of the process for a remote call, and the web server’s own text for a message', () => {
  const [byCalls, byMessages] = ['over=rpc&', ''].map((over) =>
    runOf(`web-and-database?${over}kill=database&requests=20&databaseMs=50`),
  );
  const pid = byCalls?.actors.find(({ name }) => name === 'database')?.pid;
  expect(byCalls?.facts.said).toMatch(
    new RegExp(`^PeerGoneError: library\\.lookUp: database \\(pid ${pid}\\) is gone`),
  );
  expect(byMessages?.facts.said).toBe('the database is gone');
});

it.each(['', 'over=rpc&'])('refuses at once if the web server itself was killed, %s', (over) => {
  const { facts, answer } = runOf(`web-and-database?${over}kill=web`);
  expect(answer).toBe('refused');
  expect(facts).toMatchObject({ hung: 0, unavailable: 0 });
});

it('ends every pending and later remote call with the reason when the server dies', () => {
  const { facts, actors } = runOf('rpc?kill=server&inFlight=16');
  expect(facts).toMatchObject({ gone: 16, hung: 0, afterGone: true });
  expect(facts.error).toContain('library.lookUp: server');
  expect(facts.error).toContain(String(actors.find(({ name }) => name === 'server')?.pid));
  expect(Number(facts.lostMs)).toBeGreaterThan(0);
});

it('copies the arguments of a remote call, which takes longer than a local call', () => {
  const { facts } = runOf('rpc?kill=nobody&calls=100');
  expect(facts).toMatchObject({ answered: 100, localList: '2, 4, 6', remoteList: '1, 2, 3' });
  expect(Number(facts.ratio)).toBeGreaterThan(100);
});
