import { beforeAll, describe, expect, it } from 'vitest';
import { transportTests } from '../src/testing/transport/suite.ts';
import { applies } from '../src/testing/transport/transport.ts';
import { legs } from './app/legs.ts';
import { type Line, runScenario } from './launch.ts';

let lines: Line[];
beforeAll(async () => {
  lines = await runScenario('suite');
}, 300_000);

describe.each(legs)('$name', (leg) => {
  for (const test of transportTests.filter((candidate) => applies(candidate, leg))) {
    it(test.name, () => {
      const result = lines.find((line) => line.leg === leg.name && line.test === test.name);
      expect(result).toMatchObject({ error: null });
    });
  }
});
