import { readSync, writeSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { openEvent, POLLIN, waitForAny } from './readiness.ts';

const one = new BigUint64Array([1n]);

test.runIf(process.platform === 'linux')('an event that was written to can be read once', () => {
  const [event, other] = [openEvent(), openEvent()];
  expect(waitForAny([-1, other, event], 0)).toEqual([0, 0, 0]);
  writeSync(event, one);
  writeSync(event, one);
  expect(waitForAny([-1, other, event], 60_000)).toEqual([0, 0, POLLIN]);
  const count = new BigUint64Array(1);
  readSync(event, count);
  expect(count[0]).toBe(2n);
  expect(waitForAny([event], 5)).toEqual([0]);
});

test.runIf(process.platform === 'linux')('writing to an event ends the wait of a thread', async () => {
  const event = openEvent();
  const module = JSON.stringify(new URL('./readiness.ts', import.meta.url).href);
  const code = `
    import { parentPort } from 'node:worker_threads';
    import { waitForAny } from ${module};
    waitForAny([${event}], 0);
    parentPort.postMessage('waits');
    waitForAny([${event}], 2 ** 30);`;
  const thread = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`));
  await new Promise((resolve) => thread.once('message', resolve));
  const ended = new Promise((resolve) => thread.once('exit', resolve));
  writeSync(event, one);
  expect(await ended).toBe(0);
});
