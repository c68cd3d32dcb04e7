import type { CallContext, Handlers } from '../../contract.ts';
import type { Endpoint } from '../../endpoint.ts';
import { serve } from '../../serve.ts';
import { newer, trusting, wary } from './suite-contract.ts';

type SuiteHandlers = Handlers<typeof trusting>;

/** Behaviour of the other end of a channel. It runs in the process that has that end. */
export type ServerScript = (endpoint: Endpoint) => void;

export const serverScripts = {
  trusting: (endpoint) => serveSuite(trusting, endpoint),
  wary: (endpoint) => serveSuite(wary, endpoint),
  newer: (endpoint) => serveSuite(newer, endpoint),
  /** Starts to serve after the caller has waited for a while. */
  late: (endpoint) => void setTimeout(() => serveSuite(trusting, endpoint), 30),
  /** Accepts every message and answers none. */
  silent: (endpoint) => {
    endpoint.onMessage(() => undefined);
    endpoint.onClose(() => undefined);
    endpoint.start();
  },
  /** Sends a hundred messages, then closes. */
  burst: (endpoint) => {
    endpoint.onMessage(() => undefined);
    endpoint.onClose(() => undefined);
    endpoint.start();
    for (let index = 0; index < 100; index++) endpoint.post(['burst', index], []);
    endpoint.close();
  },
  /** Closes without ever having started. */
  unstarted: (endpoint) => void setTimeout(() => endpoint.close(), 10),
  /** Starts, and closes at the first message. */
  closer: (endpoint) => {
    endpoint.onMessage(() => endpoint.close());
    endpoint.onClose(() => undefined);
    endpoint.start();
  },
  /** Sends back every message. */
  mirror: (endpoint) => {
    endpoint.onMessage((message, ports) => endpoint.post(message, ports));
    endpoint.onClose(() => undefined);
    endpoint.start();
  },
} satisfies Record<string, ServerScript>;

export type ServerScriptName = keyof typeof serverScripts;

function serveSuite(contract: typeof trusting, endpoint: Endpoint): void {
  const state = { aborted: 0, notes: [] as number[], produced: 0, finished: 0 };
  let kept: ((text: string) => void) | undefined;

  const untilAborted = ({ signal }: CallContext) =>
    new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => {
        state.aborted += 1;
        resolve();
      });
    });

  async function* produce(to: number) {
    try {
      for (let item = 0; item < to; item++) {
        state.produced += 1;
        yield item;
      }
    } finally {
      state.finished += 1;
    }
  }

  const handlers: SuiteHandlers = {
    add: (a, b) => a + b,
    echo: async (value) => value,
    greet: (who, how = 'hello') => `${how} ${who}`,
    title: () => 'a title',
    fail: (what) => {
      if (what === 'string') throw 'a string';
      throw Object.assign(new RangeError(`no ${what}`), { code: 'ENONE' });
    },
    hang: untilAborted,
    state: () => structuredClone(state),
    callBack: async (times, tell, weigh) => {
      let sum = 0;
      for (let time = 0; time < times; time++) {
        tell(time);
        sum += await weigh(time);
      }
      return sum;
    },
    keep: (callback) => {
      kept = callback;
    },
    counter: () => {
      let calls = 0;
      return { next: () => ++calls };
    },
    adopt: ({ ports }) => {
      for (const port of ports) echoOn(port);
      return ports.length;
    },
    bounded: () => undefined,
    note: (n) => void state.notes.push(n),
    ring: (text) => kept?.(text),
    tickTo: (to) => {
      for (let tick = 0; tick < to; tick++) served.push.tick(tick);
    },
    closeNow: () => served.close(),
    count: produce,
    endless: () => produce(Number.POSITIVE_INFINITY),
    failing: async function* () {
      yield* produce(3);
      throw new RangeError('no fourth');
    },
    newest: async ({ sink }) => {
      for (let item = 0; item < 100; item++) sink.latest(item);
    },
  };
  const served = serve(contract, endpoint, handlers, { heartbeat: false });
}

/** Echoes messages on a port. The ways to add a listener differ between kinds of ports. */
function echoOn(port: object): void {
  const own = port as {
    addEventListener?(type: 'message', listener: (event: { data: unknown }) => void): void;
    on?(type: 'message', listener: (event: { data: unknown }) => void): void;
    onMessage?(listener: (message: unknown) => void): void;
    start(): void;
    postMessage(message: unknown): void;
  };
  const echo = (message: unknown) => own.postMessage(message);
  if (own.onMessage) own.onMessage(echo);
  else if (own.addEventListener) own.addEventListener('message', ({ data }) => echo(data));
  else own.on?.('message', ({ data }) => echo(data));
  own.start();
}
