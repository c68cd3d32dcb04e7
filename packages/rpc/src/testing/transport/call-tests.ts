import { connect } from '../../connect.ts';
import { check, equal, rejects } from './check.ts';
import { trusting, wary } from './suite-contract.ts';
import type { TransportTest } from './transport.ts';

const beat = { heartbeat: false, peer: { name: 'the server', pid: 7 } } as const;

export const callTests: TransportTest[] = [
  {
    name: 'carries every cloneable value, both ways',
    run: async ({ open }) => {
      const remote = connect(trusting, await open('trusting'), beat);
      const shared = { n: 1 };
      const values = [
        undefined,
        null,
        -0,
        Number.NaN,
        2n ** 70n,
        'ä\u0000\u{1f6a2}',
        [1, [2, [3]]],
        { a: { b: [true] } },
        new Date(0),
        new Map([[1, { two: 2 }]]),
        new Set(['x']),
        new Uint8Array([1, 2, 3]),
        new Float64Array([0.5]),
        [shared, shared],
      ];
      for (const value of values) equal(await remote.call.echo(value), value, 'the echo');
      const big = new Uint8Array(1024 * 1024).fill(7);
      equal((await remote.call.echo(big)) instanceof Uint8Array, true, 'a megabyte');
      remote.close();
    },
  },
  {
    name: 'sends a view without the rest of its buffer',
    run: async ({ open }) => {
      const remote = connect(trusting, await open('trusting'), beat);
      const small = new Uint8Array(8 * 1024 * 1024).subarray(16, 20).fill(9);
      const echoed = await remote.call.echo({ small });
      equal(echoed, { small: new Uint8Array([9, 9, 9, 9]) }, 'the view');
      const { buffer } = (echoed as { small: Uint8Array }).small;
      check(buffer.byteLength < 1024, 'no buffer behind it');
      remote.close();
    },
  },
  {
    name: 'matches a thousand concurrent calls to their replies',
    run: async ({ open }) => {
      const remote = connect(trusting, await open('trusting'), beat);
      const sums = await Promise.all(Array.from({ length: 1000 }, (_, n) => remote.call.add(n, 1)));
      equal(
        sums,
        Array.from({ length: 1000 }, (_, n) => n + 1),
        'the sums',
      );
      remote.close();
    },
  },
  {
    name: 'lets optional arguments be left out',
    run: async ({ open }) => {
      const remote = connect(trusting, await open('trusting'), beat);
      equal(await remote.call.greet('you'), 'hello you', 'without');
      equal(await remote.call.greet('you', 'bye'), 'bye you', 'with');
      equal(await remote.call.greet('you', undefined, { deadlineMs: 5000 }), 'hello you', 'with options');
      equal(await remote.call.title(), 'a title', 'a getter');
      remote.close();
    },
  },
  {
    name: 'calls made before the server is ready wait for it',
    run: async ({ open }) => {
      const endpoint = await open('late');
      const remote = connect(trusting, endpoint, beat);
      const early = [remote.call.add(1, 2), remote.call.add(3, 4)];
      equal(await Promise.all(early), [3, 7], 'the sums');
      remote.close();
    },
  },
  {
    name: 'throws the error of a handler: name, message, code, and the stack of a trusted side',
    run: async ({ open }) => {
      const remote = connect(trusting, await open('trusting'), beat);
      const error = await rejects(remote.call.fail('bananas'), {
        name: 'RangeError',
        message: 'no bananas',
        code: 'remote',
        remoteCode: 'ENONE',
      });
      check(error.stack?.includes('RangeError: no bananas'), 'the stack of the other side');
      await rejects(remote.call.fail('string'), { name: 'Error', message: 'a string', code: 'remote' });
      remote.close();
    },
  },
  {
    name: 'sends no stack to an untrusted side, and takes none from it',
    run: async ({ open }) => {
      const remote = connect(wary, await open('wary'), beat);
      const error = await rejects(remote.call.fail('bananas'), { name: 'RangeError', message: 'no bananas' });
      check(!error.stack?.includes('server-scripts'), 'no stack of the other side');
      remote.close();
    },
  },
  {
    name: 'ends a call at its deadline, names it, and tells the server',
    run: async ({ open }) => {
      const remote = connect(trusting, await open('trusting'), beat);
      // On a busy machine the handshake alone may take longer than the deadline.
      await remote.opened;
      await rejects(remote.call.hang(), {
        name: 'DeadlineError',
        message: 'suite-trusting.hang: no reply from the server within 60 ms',
      });
      await rejects(remote.call.hang({ deadlineMs: 20 }), { name: 'DeadlineError', deadlineMs: 20 });
      equal((await remote.call.state()).aborted, 2, 'handlers aborted');
      remote.close();
    },
  },
  {
    name: 'names the handshake when the handshake is missing',
    run: async ({ open }) => {
      const remote = connect(trusting, await open('silent'), beat);
      await rejects(remote.call.hang(), {
        message: 'suite-trusting.hang: no handshake from the server within 60 ms',
      });
      remote.close();
    },
  },
  {
    name: 'cancels a call by its signal, before and after it was sent',
    run: async ({ open }) => {
      const remote = connect(trusting, await open('trusting'), beat);
      const reason = new Error('changed my mind');
      await rejects(remote.call.hang({ signal: AbortSignal.abort(reason) }), { message: 'changed my mind' });
      const controller = new AbortController();
      const call = remote.call.hang({ signal: controller.signal, deadlineMs: 60_000 });
      equal(await remote.call.add(1, 1), 2, 'another call');
      controller.abort(reason);
      equal(await rejects(call, { message: 'changed my mind' }), reason, 'the reason');
      equal((await remote.call.state()).aborted, 1, 'handlers aborted');
      remote.close();
    },
  },
  {
    name: 'refuses to send what its contract does not allow',
    run: async ({ open }) => {
      const remote = connect(wary, await open('wary'), beat);
      const add = remote.call.add as (...args: unknown[]) => Promise<number>;
      await rejects(add('1', 2), { name: 'BadArgumentError', message: 'suite-wary.add[0]: expected number' });
      await rejects(add(1), { name: 'BadArgumentError' });
      await rejects(add(1, 2, {}, 3), { name: 'BadArgumentError' });
      await rejects(remote.call.bounded('x'.repeat(2000)), { name: 'LimitError' });
      await rejects(
        remote.call.echo(() => undefined),
        { name: 'DataCloneError' },
      );
      equal(await add(1, 2), 3, 'the next call');
      remote.close();
    },
  },
];
