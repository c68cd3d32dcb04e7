import { app, MessageChannelMain, type MessagePortMain } from 'electron';
import fc from 'fast-check';
import { connect } from '../../src/connect.ts';
import { deathOfUtilityProcess, utilityProcessEndpoint } from '../../src/electron-main.ts';
import type { Endpoint } from '../../src/endpoint.ts';
import { type Death, PeerGoneError } from '../../src/errors.ts';
import { openConnections } from '../../src/link/registry.ts';
import { check, equal, rejects, until } from '../../src/testing/transport/check.ts';
import { trusting } from '../../src/testing/transport/suite-contract.ts';
import { type Agent, startRenderer, startUtility } from './agents.ts';
import { serveVictim } from './fault-server.ts';
import { mainPorts } from './main-ports.ts';

type Say = (line: object) => void;
type Kind = 'renderer' | 'utility';

interface Victim {
  agent: Agent;
  died: Promise<Death>;
  /** This side's end of a fresh port; the victim runs a script on the other. */
  open(script: string): Promise<Endpoint>;
}

/** Starts a process to be killed. `died` reports its death to the owner. */
async function startVictim(kind: Kind): Promise<Victim> {
  const agent = kind === 'renderer' ? await startRenderer() : await startUtility();
  const died = new Promise<Death>((resolve) => {
    if ('child' in agent) void deathOfUtilityProcess(agent.child).then(resolve);
    else {
      agent.window.webContents.once('render-process-gone', (_event, { reason, exitCode }) => {
        resolve({ how: `was ${reason}`, exitCode });
      });
    }
  });
  const open = async (script: string) => mainPorts.endpoint(await mint(agent, script));
  return { agent, died, open };
}

async function mint(agent: Agent, script: string): Promise<MessagePortMain> {
  const { port1, port2 } = new MessageChannelMain();
  await agent.run('suite-serve', script, [port1]);
  return port2;
}

/** BULKHEAD_FAULT_SEED repeats a run. */
const seed = Number(process.env.BULKHEAD_FAULT_SEED ?? Date.now() | 0);
const numbers = fc.sample(fc.nat(), { seed, numRuns: 1000 });
let next = 0;
const random = (below: number) => (numbers[next++ % numbers.length] ?? 0) % below;

/** Waits for a random moment in the next few turns of the event loop. */
async function anyMoment(): Promise<void> {
  for (let turns = random(6); turns > 0; turns--) await new Promise((resolve) => setImmediate(resolve));
  if (random(2)) await new Promise((resolve) => setTimeout(resolve, random(4)));
}

/** Kills a process with calls, streams and pushes in progress. Checks that each one ends with the reason. */
async function killWithCallsInFlight(kind: Kind): Promise<void> {
  const { agent, died, open } = await startVictim(kind);
  const remote = connect(trusting, await open('trusting'), { peer: { name: 'the victim', pid: agent.pid, died } });
  await remote.opened;
  const calls: Promise<unknown>[] = [];
  for (let n = 1 + random(50); n > 0; n--) {
    calls.push(remote.call.hang({ deadlineMs: 60_000 }), remote.call.add(n, n));
    remote.push.note(n);
  }
  const stream = remote.stream.endless();
  calls.push(drain(stream));
  await anyMoment();
  process.kill(agent.pid, 'SIGKILL');
  const results = await Promise.allSettled(calls);
  for (const result of results) {
    if (result.status === 'fulfilled') continue;
    const { reason } = result as { reason: unknown };
    check(reason instanceof PeerGoneError && reason.pid === agent.pid, `a PeerGoneError, not ${String(reason)}`);
    check(reason.death.exitCode !== undefined, `the reason of the death in "${reason.message}"`);
  }
  check(
    results.some(({ status }) => status === 'rejected'),
    'calls that the death ended',
  );
  let hasEnded = false;
  void rejects(remote.call.add(1, 2), { name: 'PeerGoneError' }).then(() => {
    hasEnded = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  check(hasEnded, 'later calls to end in the same turn of the event loop');
  equal(remote.counters.methods.filter(({ inFlight }) => inFlight !== 0).length, 0, 'methods with calls in flight');
  equal(openConnections().length, 0, 'open connections');
  await agent.end().catch(() => undefined);
}

async function drain(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const _item of stream);
}

/** Kills a victim that calls this process. Checks that handlers are told, streams end, and nothing stays behind. */
async function killTheCaller(kind: Kind): Promise<void> {
  const { agent } = await startVictim(kind);
  const { port1, port2 } = new MessageChannelMain();
  const served = serveVictim(mainPorts.endpoint(port2));
  void agent.run('fault-call', null, [port1]).catch(() => undefined);
  await until(() => served.state.running === 20 && served.state.produced > 0, 'the calls of the victim');
  process.kill(agent.pid, 'SIGKILL');
  await served.connection.closed;
  await until(() => served.state.running === 0 && served.state.finished === 1, 'the handlers to end');
  equal(openConnections().length, 0, 'open connections');
  await agent.end().catch(() => undefined);
}

/** Kills one of two processes that are connected directly. The other one must notice by itself. */
async function killUnderAnother(kind: Kind): Promise<void> {
  const { agent } = await startVictim(kind);
  const other = kind === 'renderer' ? await startUtility() : await startRenderer();
  const { port1, port2 } = new MessageChannelMain();
  await agent.run('suite-serve', 'trusting', [port1]);
  const told = other.run('fault-survive', null, [port2]);
  await new Promise((resolve) => setTimeout(resolve, random(20)));
  process.kill(agent.pid, 'SIGKILL');
  equal(await told, 'PeerGoneError', 'what the survivor saw');
  await other.end();
  await agent.end().catch(() => undefined);
}

/** Checks that messages sent before the death arrive in order, and then the end. */
async function lastWords(kind: Kind): Promise<void> {
  const { agent, died } = await startVictim(kind);
  const { port1, port2 } = new MessageChannelMain();
  const ticks: number[] = [];
  const remote = connect(trusting, mainPorts.endpoint(port2), { peer: { name: 'the victim', died } });
  remote.on.tick((n) => ticks.push(n));
  // As many messages as a socket holds: those that a process has not written yet are lost with it.
  void agent.run('fault-last-words', 50, [port1]).catch(() => undefined);
  const { error } = await remote.closed;
  equal(error.name, 'PeerGoneError', 'the end');
  equal(
    ticks,
    Array.from({ length: 50 }, (_, n) => n),
    'what came before it',
  );
  await agent.end().catch(() => undefined);
}

/** Kills a process before either end of the port was started. */
async function neverStarted(kind: Kind): Promise<void> {
  const { agent, died } = await startVictim(kind);
  const { port1, port2 } = new MessageChannelMain();
  await agent.run('fault-keep', null, [port1]);
  process.kill(agent.pid, 'SIGKILL');
  await died;
  const remote = connect(trusting, mainPorts.endpoint(port2));
  await rejects(remote.call.add(1, 2), { name: 'PeerGoneError' });
  await agent.end().catch(() => undefined);
}

async function killOverParentPort(): Promise<void> {
  const agent = await startUtility();
  await agent.run('suite-serve-parent', 'trusting');
  const died = deathOfUtilityProcess(agent.child);
  const remote = connect(trusting, utilityProcessEndpoint(agent.child), {
    peer: { name: 'the victim', pid: agent.pid, died },
    heartbeat: false,
  });
  await remote.opened;
  const calls = Array.from({ length: 20 }, () => remote.call.hang({ deadlineMs: 60_000 }));
  await anyMoment();
  process.kill(agent.pid, 'SIGKILL');
  for (const call of calls) await rejects(call, { name: 'PeerGoneError', pid: agent.pid });
  // Posting to a dead child has crashed Electron's browser process: it must do nothing.
  equal(remote.push.note(1), false, 'a push to the dead');
}

/**
 * Stops and continues a process repeatedly. Calls end at their deadlines; the peer is unresponsive, then responsive.
 */
async function stopAndContinue(kind: Kind, rounds: number, say: Say): Promise<void> {
  const { agent, died, open } = await startVictim(kind);
  const remote = connect(trusting, await open('trusting'), {
    peer: { name: 'the victim', pid: agent.pid, died },
    heartbeat: { intervalMs: 10, deadlineMs: 60 },
  });
  await remote.opened;
  const changes: boolean[] = [];
  remote.peer.onDidChangeResponsiveness((responsive) => changes.push(responsive));
  for (let round = 0; round < rounds; round++) {
    const calls = Array.from({ length: 1 + random(20) }, (_, n) =>
      remote.call.add(n, 1, { deadlineMs: 20 + random(60) }),
    );
    await anyMoment();
    process.kill(agent.pid, 'SIGSTOP');
    calls.push(
      ...Array.from({ length: 1 + random(20) }, () => remote.call.hang({ deadlineMs: 20 + random(60) }) as never),
    );
    const results = await Promise.allSettled(calls);
    for (const result of results) {
      if (result.status === 'rejected') equal((result.reason as Error).name, 'DeadlineError', 'why a call ended');
    }
    if (round % 5 === 0) await until(() => !remote.peer.responsive, 'the victim to be unresponsive');
    process.kill(agent.pid, 'SIGCONT');
    equal(await remote.call.add(round, 1, { deadlineMs: 10_000 }), round + 1, 'the first call afterwards');
    await until(() => remote.peer.responsive, 'the victim to be responsive');
  }
  check(changes.includes(false), 'unresponsiveness to be told');
  equal(changes.at(-1), true, 'the last that was told');
  equal(remote.counters.methods.filter(({ inFlight }) => inFlight !== 0).length, 0, 'methods with calls in flight');
  // A stopped process must also end when it is killed.
  process.kill(agent.pid, 'SIGSTOP');
  const last = remote.call.hang({ deadlineMs: 60_000 });
  process.kill(agent.pid, 'SIGKILL');
  await rejects(last, { name: 'PeerGoneError' });
  await agent.end().catch(() => undefined);
  say({ fault: `SIGSTOP ${kind}`, rounds, changes: changes.length });
}

/** Causes each fault and reports whether this process survived it. `times` is the number of runs of random faults. */
export async function runFaults(say: Say, times: string): Promise<void> {
  const rounds = Number(times || 20);
  say({ seed });
  const kinds: Kind[] = ['renderer', 'utility'];
  const faults: [name: string, inject: () => Promise<void>][] = [];
  for (const kind of kinds) {
    for (let round = 0; round < rounds; round++) {
      faults.push([`SIGKILL to a ${kind} with calls in flight`, () => killWithCallsInFlight(kind)]);
    }
    faults.push(
      [`SIGKILL to a ${kind} that calls`, () => killTheCaller(kind)],
      [`SIGKILL to a ${kind} that another calls`, () => killUnderAnother(kind)],
      [`last words of a ${kind}`, () => lastWords(kind)],
      [`SIGKILL to a ${kind} whose port was never started`, () => neverStarted(kind)],
      [`SIGSTOP and SIGCONT of a ${kind}`, () => stopAndContinue(kind, rounds, say)],
    );
  }
  faults.push(['SIGKILL to a utility process behind parentPort', killOverParentPort]);
  // Chromium may give a new window a renderer that has just been killed. This is not tested here.
  app.on('render-process-gone', () => undefined);
  for (const [fault, inject] of faults) {
    const startedAt = performance.now();
    const error = await inject().then(
      () => null,
      (reason: Error) => reason.stack ?? String(reason),
    );
    say({ survived: fault, error, tookMs: performance.now() - startedAt });
  }
}
