import { memoryPair } from '@bulkhead/rpc/testing';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MailboxBroker } from './mailbox-broker.ts';
import { Mailboxes } from './mailboxes.ts';

const text = v.string();
let broker: MailboxBroker;
let processes: { mailboxes: Mailboxes; kill(): void }[];

/** Connects a process to the broker. */
function join(name: string) {
  const [mine, theirs] = memoryPair();
  broker.connect(theirs, { name });
  const process = { mailboxes: new Mailboxes(mine), kill: () => mine.kill() };
  processes.push(process);
  return process;
}

beforeEach(() => {
  broker = new MailboxBroker({ maxMailboxes: 3, maxBytes: 10_000 });
  processes = [];
});
afterEach(async () => {
  for (const { mailboxes } of processes) mailboxes.close();
});

describe('mailboxes', () => {
  it('are created by one process, looked up by another, and carry messages between them', async () => {
    const [a, b] = [join('A'), join('B')];
    const sending = await a.mailboxes.create('orders', text, { capacity: 2 });
    expect(await b.mailboxes.lookUp('nothing', text)).toBe(null);
    const receiving = (await b.mailboxes.lookUp('orders', text))!;
    await sending.send('one');
    await sending.send('two');
    expect(await sending.trySend('three')).toBe(false);
    const waiting = sending.send('three');
    await expect.poll(() => broker.mailboxes()[0]?.senders).toEqual(['A']);
    expect(broker.mailboxes()[0]?.messages).toEqual(['one', 'two']);
    expect(await receiving.receive()).toBe('one');
    await waiting;
    expect(await receiving.receive()).toBe('two');
    expect(await receiving.receive()).toBe('three');
    expect(await receiving.tryReceive()).toBe(null);
  });

  it('are shared by several processes, and serve them in the order of arrival', async () => {
    const [a, b, c] = [join('A'), join('B'), join('C')];
    const box = await a.mailboxes.create('shared', text);
    const first = (await b.mailboxes.lookUp('shared', text))!.receive();
    await expect.poll(() => broker.mailboxes()[0]?.waitingReceivers).toBe(1);
    const second = (await c.mailboxes.lookUp('shared', text))!.receive();
    await expect.poll(() => broker.mailboxes()[0]?.waitingReceivers).toBe(2);
    expect(broker.mailboxes()[0]?.receivers).toEqual(['B', 'C']);
    await box.send('for B');
    await box.send('for C');
    expect(await Promise.all([first, second])).toEqual(['for B', 'for C']);
  });

  it('keep the place of a waiting process that also polls', async () => {
    const [a, b] = [join('A'), join('B')];
    const box = await a.mailboxes.create('shared', text);
    const first = box.receive();
    await expect.poll(() => broker.mailboxes()[0]?.waitingReceivers).toBe(1);
    const second = (await b.mailboxes.lookUp('shared', text))!.receive();
    await expect.poll(() => broker.mailboxes()[0]?.waitingReceivers).toBe(2);
    expect(await box.tryReceive()).toBe(null);
    expect(broker.mailboxes()[0]?.receivers).toEqual(['A', 'B']);
    await box.send('for A');
    await box.send('for B');
    expect(await Promise.all([first, second])).toEqual(['for A', 'for B']);
  });

  it('let two processes meet: neither continues before the other is there', async () => {
    const [a, b] = [join('A'), join('B')];
    const box = await a.mailboxes.create('meeting', text, { capacity: 'unbounded' });
    let met = false;
    const meeting = box.meet('hello').then(() => {
      met = true;
    });
    await expect.poll(() => broker.mailboxes()[0]?.held).toBe(1);
    expect(met).toBe(false);
    expect(await (await b.mailboxes.lookUp('meeting', text))!.receive()).toBe('hello');
    await meeting;
  });

  it('belong to their creator: other processes cannot destroy them', async () => {
    const [a, b] = [join('A'), join('B')];
    const box = await a.mailboxes.create('mine', text);
    await expect(b.mailboxes.create('mine', text)).rejects.toMatchObject({ reason: 'exists' });
    await expect(b.mailboxes.destroy('mine')).rejects.toMatchObject({ reason: 'not-yours' });
    expect(await a.mailboxes.destroy('nothing')).toBe(false);
    const waiting = box.receive();
    await expect.poll(() => broker.mailboxes()[0]?.waitingReceivers).toBe(1);
    expect(await a.mailboxes.destroy('mine')).toBe(true);
    await expect(waiting).rejects.toThrow('mailbox mine has ended: A destroyed it');
    await expect(box.send('x')).rejects.toThrow('there is none');
  });

  it('end with their owner and reject all waits there; mailboxes of the browser stay', async () => {
    const [a, b] = [join('A'), join('B')];
    await a.mailboxes.create('owned', text);
    await a.mailboxes.create('lasting', text, { owner: 'browser', capacity: 1 });
    const waiting = (await b.mailboxes.lookUp('owned', text))!.receive();
    await expect.poll(() => broker.mailboxes()[0]?.waitingReceivers).toBe(1);
    a.kill();
    await expect(waiting).rejects.toThrow('mailbox owned has ended: its owner is gone: mailbox-broker: A is gone');
    expect(broker.mailboxes()).toMatchObject([{ name: 'lasting', owner: 'browser' }]);
    expect(await b.mailboxes.destroy('lasting')).toBe(true);
  });

  it('forget a process that dies while it waits', async () => {
    const [a, b] = [join('A'), join('B')];
    const box = await a.mailboxes.create('queue', text);
    void (await b.mailboxes.lookUp('queue', text))!.receive().catch(() => undefined);
    await expect.poll(() => broker.mailboxes()[0]?.waitingReceivers).toBe(1);
    b.kill();
    await expect.poll(() => broker.mailboxes()[0]?.waitingReceivers).toBe(0);
    expect(await box.trySend('for nobody')).toBe(false);
  });

  it('stop waiting when the signal aborts', async () => {
    const a = join('A');
    const box = await a.mailboxes.create('box', text);
    const controller = new AbortController();
    const waiting = box.receive({ signal: controller.signal });
    await expect.poll(() => broker.mailboxes()[0]?.waitingReceivers).toBe(1);
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    await expect.poll(() => broker.mailboxes()[0]?.waitingReceivers).toBe(0);
  });

  it('never take more of the browser’s memory than the limit', async () => {
    const a = join('A');
    const box = await a.mailboxes.create('large', text, { capacity: 'unbounded' });
    await box.send('x'.repeat(8000));
    await expect(box.send('x'.repeat(8000))).rejects.toMatchObject({ reason: 'no-memory' });
    await box.receive();
    await box.send('x'.repeat(8000));
    await a.mailboxes.create('second', text);
    await a.mailboxes.create('third', text, { owner: 'browser' });
    await expect(a.mailboxes.create('fourth', text)).rejects.toMatchObject({ reason: 'too-many' });
  });

  it('reject a message that does not match the receiver’s schema', async () => {
    const [a, b] = [join('A'), join('B')];
    const box = await a.mailboxes.create('typed', text, { capacity: 1 });
    const wrong = (await b.mailboxes.lookUp('typed', v.number()))!;
    await box.send('no number');
    await expect(wrong.receive()).rejects.toThrow('Expected number');
  });
});
