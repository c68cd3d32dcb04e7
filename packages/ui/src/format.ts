import type { Language } from './language.ts';

const binaryUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

export interface Format {
  /** `1,234`. */
  count(value: number): string;
  /** Bytes in the largest binary unit that leaves at least 1 of it: `7.9 MiB`. */
  bytes(value: number): string;
  /** A duration in ms: `12 ms`; in seconds from ten seconds on. */
  milliseconds(value: number): string;
  /** A short duration in ms, with three significant digits: `0.13 ms`, `12.4 ms`. */
  latency(value: number): string;
  /** A duration in ms as whole seconds: `12 sec`. */
  seconds(value: number): string;
  /** A share from 0 to 1: `12%`; a small share above 0 is `<1%`, never `0%`. */
  share(value: number): string;
  /** Percent of one core: `103.5%`. */
  cpu(percent: number): string;
  /** A ratio: `1.3`. */
  factor(value: number): string;
  /** Time of day with seconds, from ms since 1970. */
  time(at: number): string;
  /** Time of day to the millisecond, from ms since 1970: `13:04:05.123`. */
  clock(at: number): string;
  /** The day, from ms since 1970: `Sunday, November 22, 2026`. */
  day(at: number): string;
  /** Day and time, from ms since 1970. */
  date(at: number): string;
}

export function createFormat(language: Language): Format {
  const numbers = (options: Intl.NumberFormatOptions) => once(() => new Intl.NumberFormat(language, options));
  const tenth = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  const whole = numbers({ maximumFractionDigits: 0 });
  const tenths = numbers(tenth);
  const milliseconds = numbers({ style: 'unit', unit: 'millisecond', unitDisplay: 'short', maximumFractionDigits: 0 });
  const latency = numbers({ style: 'unit', unit: 'millisecond', unitDisplay: 'short', maximumSignificantDigits: 3 });
  const seconds = numbers({ style: 'unit', unit: 'second', unitDisplay: 'short', maximumFractionDigits: 1 });
  const wholeSeconds = numbers({ style: 'unit', unit: 'second', unitDisplay: 'short', maximumFractionDigits: 0 });
  const percent = numbers({ style: 'percent', maximumFractionDigits: 0 });
  const cpu = numbers({ style: 'percent', ...tenth });
  const time = once(() => new Intl.DateTimeFormat(language, { timeStyle: 'medium' }));
  const date = once(() => new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }));
  const day = once(() => new Intl.DateTimeFormat(language, { dateStyle: 'full' }));
  const clock = once(
    () =>
      new Intl.DateTimeFormat(language, {
        hourCycle: 'h23',
        hour: '2-digit',
        minute: '2-digit',
        second: '2-digit',
        fractionalSecondDigits: 3,
      }),
  );
  return {
    count: (value) => whole().format(value),
    factor: (value) => tenths().format(value),
    bytes(value) {
      const power = value < 1 ? 0 : Math.min(binaryUnits.length - 1, Math.floor(Math.log2(value) / 10));
      const scaled = value / 1024 ** power;
      return `${(power === 0 || scaled >= 100 ? whole : tenths)().format(scaled)} ${binaryUnits[power]}`;
    },
    milliseconds: (value) => (value < 10_000 ? milliseconds().format(value) : seconds().format(value / 1000)),
    latency: (value) => (value < 10_000 ? latency().format(value) : seconds().format(value / 1000)),
    seconds: (value) => wholeSeconds().format(Math.round(value / 1000)),
    share: (value) => (value > 0 && value < 0.01 ? `<${percent().format(0.01)}` : percent().format(value)),
    cpu: (value) => cpu().format(value / 100),
    time: (at) => time().format(at),
    clock: (at) => clock().format(at),
    day: (at) => day().format(at),
    date: (at) => date().format(at),
  };
}

/** Creates a value on first use: each `Intl` formatter takes over a millisecond to create. */
function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
