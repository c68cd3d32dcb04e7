import fc from 'fast-check';

/** Kinds of processes that can get a signal: descendants of the browser process, never the browser process itself. */
export const signalTargets = ['tab', 'shell', 'gpu', 'network', 'broker', 'plugin', 'zygote', 'watchdog'] as const;
export type SignalTarget = (typeof signalTargets)[number];

export const signals = ['SIGKILL', 'SIGSTOP', 'SIGCONT', 'SIGTERM', 'SIGABRT', 'SIGSEGV'] as const;

/** One signal. `pick` chooses one of several processes of the kind. */
export interface Shot {
  target: SignalTarget;
  signal: (typeof signals)[number];
  pick: number;
}

/** One signal or two at once, `delayMs` after the start of the phase. */
export interface Volley {
  delayMs: number;
  shots: Shot[];
}

/** One run of the app. `start` and `closing` come while it starts and closes. Each run closes once. */
export interface SignalRound {
  start: Volley | null;
  during: (Volley & { loading: boolean })[];
  closing: Volley;
}

const shot = fc.record<Shot>({
  target: fc.oneof(
    { weight: 5, arbitrary: fc.constant<SignalTarget>('tab') },
    ...signalTargets.slice(1).map((target) => ({ weight: 2, arbitrary: fc.constant<SignalTarget>(target) })),
  ),
  signal: fc.constantFrom(...signals),
  pick: fc.nat(1000),
});
const volley = (mostDelayMs: number) => ({
  delayMs: fc.nat(mostDelayMs),
  shots: fc.array(shot, { minLength: 1, maxLength: 2 }),
});
const round = fc.record<SignalRound>({
  start: fc.option(fc.record(volley(2000)), { freq: 3 }),
  during: fc.array(fc.record({ ...volley(100), loading: fc.boolean() }), { minLength: 1, maxLength: 6 }),
  closing: fc.record(volley(250)),
});

/** Returns the first rounds of this seed. Each has at least one signal. */
export const roundsOf = (seed: number, rounds: number): SignalRound[] => fc.sample(round, { seed, numRuns: rounds });
