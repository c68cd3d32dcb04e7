import { connect } from '../../src/connect.ts';
import { serve } from '../../src/serve.ts';
import { trusting } from '../../src/testing/transport/suite-contract.ts';
import { victimHost } from './fault-server.ts';
import type { Script } from './process.ts';

const kept: unknown[] = [];
const none = () => undefined as never;

export const faultScripts: Readonly<Record<string, Script>> = {
  /** Starts twenty calls and a stream that never end by themselves. */
  'fault-call': async (process, [port]) => {
    const remote = connect(victimHost, process.endpoint(port));
    const stream = remote.stream.items();
    await stream.next();
    await Promise.all(Array.from({ length: 20 }, () => remote.call.wait()));
  },
  /** Calls a process that will be killed. Resolves with the name of the error that its calls end with. */
  'fault-survive': async (process, [port]) => {
    const remote = connect(trusting, process.endpoint(port));
    const calls = Array.from({ length: 20 }, () => remote.call.hang({ deadlineMs: 60_000 }));
    const reasons = await Promise.all(calls.map((call) => call.catch((error: Error) => error.name)));
    return [...new Set(reasons)].join();
  },
  /** Pushes `count` times, then dies in the same turn. */
  'fault-last-words': async (process, [port], count) => {
    const served = serve(trusting, process.endpoint(port), {
      ...{ add: none, echo: none, greet: none, title: none, fail: none, hang: none, state: none, callBack: none },
      ...{
        keep: none,
        counter: none,
        adopt: none,
        bounded: none,
        note: none,
        ring: none,
        tickTo: none,
        closeNow: none,
      },
      ...{ count: none, endless: none, failing: none, newest: none },
    });
    await served.opened;
    for (let tick = 0; tick < Number(count); tick++) served.push.tick(tick);
    process.die();
  },
  /** Keeps a port and never starts it. */
  'fault-keep': (_process, [port]) => {
    kept.push(port);
  },
};
