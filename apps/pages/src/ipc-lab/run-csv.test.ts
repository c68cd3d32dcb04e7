import { expect, test } from 'vitest';
import { toCsv } from './run-csv.ts';

const words = {
  say: (key: string) => key,
  find: (key: string) => (key === 'note.full' ? 'it is "full", now' : undefined),
  actor: (name: string) => name,
  end: (how: string) => how,
};
const rest = { result: null, values: {}, to: null };

test('a run without charts becomes a table of its events, quoted where needed', () => {
  const event = { actor: 'a', kind: 'note' as const, text: 'full', startUs: 1500, endUs: 1500, ...rest };
  expect(toCsv({ figures: [], startUs: 1000 }, [event], words)).toBe(
    'at us,process,took us,kind,what\r\n500,a,0,note,"it is ""full"", now"\r\n',
  );
});

test('a run with charts becomes a table of their points', () => {
  const axis = { label: 'x', log: true } as const;
  const figure = {
    kind: 'chart' as const,
    x: { ...axis, unit: 'bytes' as const },
    y: { ...axis, unit: 'us' as const },
    series: [{ label: 'pipe', points: [[16, 2.5]] as [number, number][] }],
    marks: [],
  };
  expect(toCsv({ figures: [{ name: 'latency', figure }], startUs: 0 }, [], words)).toBe(
    'chart,series,x,x unit,y,y unit\r\nlatency,pipe,16,bytes,2.5,us\r\n',
  );
});
