import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Contract } from '@bulkhead/rpc/contract';
import { describeHostilePeer } from '@bulkhead/rpc/testing';
import { expect, it } from 'vitest';
import * as declared from './index.ts';

const isContract = (value: unknown): value is Contract =>
  typeof value === 'object' && value !== null && 'definition' in value;
const contracts = Object.values<unknown>(declared).filter(isContract);

it('every contract that is declared here is attacked', () => {
  const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  const sources = files.map((name) => readFileSync(path.join(import.meta.dirname, name), 'utf8'));
  const names = sources.flatMap((text) => [...text.matchAll(/= contract\('([a-z-]+)'/g)].map((match) => match[1]));
  expect(names.length).toBeGreaterThan(4);
  expect(contracts.map(({ name }) => name).sort()).toEqual(names.sort());
});

// Neither end of any port throws, hangs, grows or changes a prototype, whatever the peer sends. Some 100,000 messages.
for (const contract of contracts) describeHostilePeer(contract, { runs: 3000 });
