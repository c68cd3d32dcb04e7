import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TabsByProcess } from './tabs-by-process.ts';

test('gives the same result as a comparison of every tab with every other, and names each affected tab', () => {
  const ids = [1, 2, 3, 4, 5, 6];
  const move = fc.record({ id: fc.constantFrom(...ids), pid: fc.constantFrom(null, 100, 200, 300) });
  fc.assert(
    fc.property(fc.array(move), (moves) => {
      const tabs = ids.map((id) => ({ id, pid: null as number | null }));
      const byProcess = new TabsByProcess<(typeof tabs)[number]>();
      const expected = ({ id, pid }: (typeof tabs)[number]) =>
        pid === null ? [] : tabs.filter((other) => other.id !== id && other.pid === pid).map((other) => other.id);
      const actual = () => tabs.map((tab) => byProcess.sharers(tab).sort());
      for (const { id, pid } of moves) {
        const tab = tabs.find((each) => each.id === id);
        if (!tab) throw new Error('every id has a tab');
        const before = actual();
        tab.pid = pid;
        const named = byProcess.move(tab, pid);
        const after = actual();
        expect(after).toEqual(tabs.map(expected));
        for (const [index, each] of tabs.entries()) {
          if (String(before[index]) !== String(after[index])) expect(named).toContain(each);
        }
      }
    }),
  );
});
