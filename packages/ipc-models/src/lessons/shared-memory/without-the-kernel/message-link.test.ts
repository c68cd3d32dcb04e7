import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { MessageLink } from './message-link.ts';

test('brings each number, in order, however they are cut or put together on the way', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bulkhead-link-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'socket');
  let connecting: Promise<MessageLink> | undefined;
  const accepted = await MessageLink.accept(file, () => {
    connecting = MessageLink.connect(file);
  });
  const connected = await connecting;
  if (!connected) throw new Error('nobody listened');
  const numbers = Array.from({ length: 5000 }, (_, index) => index - 1);
  for (const number of numbers) connected.send(number);
  for (const number of numbers) expect(await accepted.receive()).toBe(number);
  accepted.send(7);
  expect(await connected.receive()).toBe(7);
  connected.close();
  accepted.close();
});
