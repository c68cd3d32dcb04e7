import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describeHostilePeer } from '@bulkhead/rpc/testing';
import { expect, it } from 'vitest';
import { library } from './lessons/client-server/rpc/library-contract.ts';
import { echo } from './lessons/system-calls/system-calls/echo-contract.ts';
import { moduleContract } from './lessons/why/modularity/functions.ts';
import { directInbox, linkBroker } from './message-passing/direct-contract.ts';
import { mailboxBroker } from './message-passing/mailbox-contract.ts';

const contracts = [directInbox, echo, library, linkBroker, mailboxBroker, moduleContract];

it('every contract that this package declares is attacked', () => {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' });
  const sources = files.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  const names = sources.flatMap((name) => {
    const text = readFileSync(path.join(import.meta.dirname, name), 'utf8');
    return [...text.matchAll(/= contract\('([a-z-]+)'/g)].map((match) => match[1]);
  });
  expect(names.length).toBeGreaterThan(4);
  expect(contracts.map(({ name }) => name).sort()).toEqual(names.sort());
});

for (const contract of contracts) describeHostilePeer(contract);
