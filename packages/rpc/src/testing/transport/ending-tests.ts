import { connect } from '../../connect.ts';
import { openConnections } from '../../link/registry.ts';
import { check, equal, rejects, until } from './check.ts';
import { trusting, wary } from './suite-contract.ts';
import type { TransportTest } from './transport.ts';

const beat = { heartbeat: false, peer: { name: 'the server', pid: 7 } } as const;

export const endingTests: TransportTest[] = [
  {
    name: 'delivers messages sent before the other side closed, in order, and then the close',
    needs: 'close',
    run: async ({ open }) => {
      const endpoint = await open('burst');
      const heard: unknown[] = [];
      await new Promise<void>((resolve) => {
        endpoint.onMessage((message) => heard.push(message));
        endpoint.onClose(resolve);
        endpoint.start();
      });
      equal(
        heard,
        Array.from({ length: 100 }, (_, index) => ['burst', index]),
        'the messages before the close',
      );
    },
  },
  {
    name: 'notices the close of a side that never started',
    needs: 'close',
    run: async ({ open }) => {
      const remote = connect(trusting, await open('unstarted'), beat);
      await rejects(remote.call.add(1, 2), { name: 'PeerGoneError' });
    },
  },
  {
    name: 'rejects every call in flight when the other side closes, and every later one at once',
    run: async ({ open }) => {
      const remote = connect(trusting, await open('trusting'), beat);
      await remote.opened;
      const calls = Array.from({ length: 50 }, () => remote.call.hang({ deadlineMs: 60_000 }));
      remote.push.closeNow();
      for (const call of calls) {
        await rejects(call, {
          name: 'PeerGoneError',
          message: 'suite-trusting.hang: the server (pid 7) closed the port',
          contract: 'suite-trusting',
          method: 'hang',
          peer: 'the server',
          pid: 7,
        });
      }
      await rejects(remote.call.add(1, 2), { name: 'PeerGoneError', method: 'add' });
      const { by } = await remote.closed;
      equal(by, 'the peer', 'who ended it');
      await rejects(remote.stream.count(3).next(), { name: 'PeerGoneError' });
      equal(remote.push.note(1), false, 'a push afterwards');
      check(
        remote.counters.methods.every(({ inFlight }) => inFlight === 0),
        'nothing in flight',
      );
    },
  },
  {
    name: 'rejects calls in flight when the port closes without notice',
    needs: 'close',
    run: async ({ open }) => {
      const remote = connect(trusting, await open('closer'), beat);
      await rejects(remote.call.add(1, 2), {
        name: 'PeerGoneError',
        message: 'suite-trusting.add: the server (pid 7) is gone: its port closed',
      });
      equal((await remote.closed).by, 'its death', 'who ended it');
    },
  },
  {
    name: 'rejects its own calls when it closes',
    run: async ({ open }) => {
      const remote = connect(trusting, await open('trusting'), beat);
      await remote.opened;
      const call = remote.call.hang({ deadlineMs: 60_000 });
      const stream = remote.stream.count(1000);
      await stream.next();
      remote.close();
      await rejects(call, { name: 'ClosedError', message: 'suite-trusting.hang: this side closed the port' });
      await rejects(remote.call.add(1, 2), { name: 'ClosedError' });
      equal((await remote.closed).by, 'this side', 'who ended it');
      remote.close();
    },
  },
  {
    name: 'reports to both sides that their versions differ',
    run: async ({ open }) => {
      const remote = connect(trusting, await open('newer'), beat);
      const message = 'suite-trusting: this side calls version 3, the server serves suite-trusting version 4';
      await rejects(remote.call.add(1, 2), { name: 'ContractMismatchError', message });
      await rejects(remote.opened, { name: 'ContractMismatchError' });
      equal((await remote.closed).by, 'a mismatch', 'who ended it');
    },
  },
  {
    name: 'reports to both sides that their contracts differ',
    run: async ({ open }) => {
      const remote = connect(trusting, await open('wary'), beat);
      await rejects(remote.opened, {
        message: 'suite-trusting: this side calls version 3, the server serves suite-wary version 3',
      });
    },
  },
  {
    name: 'beats',
    run: async ({ open }) => {
      const remote = connect(trusting, await open('trusting'), { ...beat, heartbeat: { intervalMs: 5 } });
      const watch = remote.peer.watchBeats();
      await until(() => watch.counts().answered >= 5, 'five beats');
      watch.stop();
      const { sent, answered, lost, longestGapMs } = watch.counts();
      check(sent >= answered && lost === 0 && longestGapMs > 0, 'beats sent, answered and none lost');
      equal(remote.peer.responsive, true, 'responsive');
      remote.close();
      await remote.closed;
      equal(watch.counts().answered, answered, 'beats after the end');
    },
  },
  {
    name: 'ends a server that sends what the contract does not allow',
    run: async ({ open }) => {
      const bad: string[] = [];
      const remote = connect(wary, await open('mirror'), {
        ...beat,
        onBadMessage: ({ message }) => void bad.push(message),
      });
      await rejects(remote.opened, { name: 'BadMessageError' });
      equal(bad, ['suite-wary: the server: a message of unknown kind for the caller'], 'what was bad');
    },
  },
  {
    name: 'leaves nothing behind',
    needs: 'close',
    run: async ({ open }) => {
      await until(() => openConnections().length === 0, 'the connections of the tests before to end');
      const remotes = [];
      for (let n = 0; n < 5; n++) remotes.push(connect(trusting, await open('trusting'), beat));
      await Promise.all(remotes.map((remote) => remote.call.add(1, 2)));
      equal(openConnections().filter(({ role }) => role === 'caller').length, 5, 'open connections');
      for (const remote of remotes) remote.close();
      await until(() => openConnections().length === 0, 'both ends to end');
    },
  },
];
