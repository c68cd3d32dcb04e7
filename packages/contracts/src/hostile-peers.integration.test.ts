import type { Contract } from '@bulkhead/rpc/contract';
import { describeHostilePeer } from '@bulkhead/rpc/testing';
import { expect, it } from 'vitest';
import * as declared from './index.ts';

const isContract = (value: unknown): value is Contract =>
  typeof value === 'object' && value !== null && 'definition' in value;
const contracts = Object.values<unknown>(declared).filter(isContract);

it('every contract of the program is attacked', () => {
  expect(contracts.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['shell-host', 'page-host', 'tab', 'tab-view', 'frame-plugin']),
  );
});

// Whatever stands at either end of any port here: it neither throws, nor hangs, nor grows, nor changes a prototype.
// A hundred thousand messages in all.
for (const contract of contracts) describeHostilePeer(contract, { runs: 3000 });
