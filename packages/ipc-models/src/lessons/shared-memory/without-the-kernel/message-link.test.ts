import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { MessageLink } from './message-link.ts';

test('delivers each number in order, however the stream splits or joins them', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bulkhead-link-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'socket');
  let connecting: Promise<MessageLink> | undefined;
  const accepted = await MessageLink.accept(file, () => {
    connecting = MessageLink.connect(file);
  });
  const connected = await connecting;
  if (!connected) throw new Error('no process listened');
  const numbers = Array.from({ length: 5000 }, (_, index) => index - 1);
  for (const number of numbers) connected.send(number);
  for (const number of numbers) expect(await accepted.receive()).toBe(number);
  accepted.send(7);
  expect(await connected.receive()).toBe(7);
  connected.close();
  accepted.close();
});
