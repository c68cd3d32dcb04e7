import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { drillResult } from '../packages/contracts/src/drill-result.ts';
import { startAgain } from './start-again.ts';
import { expect, test } from './test.ts';

const survivor = {
  tab: expect.any(Number),
  pidKept: true,
  stateKept: true,
  longestGapMs: expect.any(Number),
  heartbeatsLost: 0,
  messagesLost: 0,
};

/** Reads `result.json`, and checks it against its schema. */
async function readResult(output: string) {
  const content = JSON.parse(await readFile(path.join(output, 'result.json'), 'utf8'));
  const checked = await drillResult['~standard'].validate(content);
  if (checked.issues) throw new Error(`not a result: ${JSON.stringify(checked.issues).slice(0, 1000)}`);
  return checked.value;
}

test('the drill breaks tabs and the plugin, and measures that every witness kept its state', async ({ folder }) => {
  const output = path.join(folder, 'drill');
  const args = ['--profile', path.join(folder, 'profile'), '--drill', '--drill-output', output];
  const drill = await startAgain(args, folder);
  expect(drill, drill.output).toMatchObject({ exitCode: 0, signal: null });
  const result = await readResult(output);
  expect(result.ok).toBe(true);
  const version = expect.stringMatching(/^\d+\.\d+\.\d+/);
  expect(result.runtime).toMatchObject({ electron: version, chromium: version, node: version });

  expect(result.processes.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['browser', 'shell', 'tab', 'plugin']),
  );
  for (const process of result.processes) {
    expect(process).toMatchObject({
      pid: expect.any(Number),
      parentPid: expect.any(Number),
      pssKiB: expect.any(Number),
    });
    if (process.type === 'tab' || process.type === 'plugin') expect(process.seccomp).toBe(2);
    if (process.type === 'tab') expect(process.pidNamespaces).toBeGreaterThan(1);
  }

  const faults = result.faults.map(({ fault }) => fault);
  expect(faults).toEqual(['tab-kill', 'tab-terminate', 'tab-segmentation-fault', 'plugin-kill']);
  const tabs = result.processes.filter(({ type }) => type === 'tab');
  expect(tabs.length).toBeGreaterThanOrEqual(5);
  for (const { noticedMs, shownMs, recoveredMs, witnesses } of result.faults) {
    expect(noticedMs).toBeGreaterThan(0);
    expect(shownMs).toBeGreaterThan(noticedMs ?? 0);
    expect(recoveredMs).toBeGreaterThan(0);
    expect(witnesses).toHaveLength(5);
    for (const each of witnesses) expect(each).toMatchObject(survivor);
  }
  const picture = await readFile(path.join(output, 'screenshot.png'));
  expect(picture.subarray(1, 4).toString()).toBe('PNG');
});

test('the drill fails when a tab that should survive does not', async ({ launch, folder }) => {
  const output = path.join(folder, 'drill');
  const bulkhead = await launch([], { drill: output });
  const bystander = await bulkhead.pidOfTab('Witness 5');
  const ended = bulkhead.application.waitForEvent('close');
  // The sad tab of the present fault, whichever it is. Each is shown only briefly.
  await expect.poll(() => bulkhead.insteadOfPage.count(), { intervals: [20] }).toBe(1);
  process.kill(bystander, 'SIGKILL');
  await ended;
  expect(bulkhead.process.exitCode, bulkhead.log).toBe(1);
  const { ok, faults } = await readResult(output);
  expect(ok).toBe(false);
  const lost = faults.at(-1)?.witnesses.filter(({ pidKept }) => !pidKept);
  expect(lost).toEqual([expect.objectContaining({ pidKept: false, stateKept: false })]);
});

test('the full drill causes every fault of the matrix, and harms only its victim', async ({ folder }) => {
  // Some faults take seconds: a hang must be waited for, memory must be filled.
  test.setTimeout(400_000);
  const output = path.join(folder, 'drill');
  const args = ['--profile', path.join(folder, 'profile'), '--drill=full', '--drill-output', output];
  const drill = await startAgain(args, folder);
  expect(drill, drill.output).toMatchObject({ exitCode: 0, signal: null });
  const { ok, faults, gapVerdict } = await readResult(output);
  expect(ok).toBe(true);
  const ran = faults.filter(({ state }) => state !== 'unavailable');
  expect(ran.length).toBeGreaterThanOrEqual(45);
  for (const { fault, state, witnesses, gapRatio } of ran) {
    expect({ fault, state }).toEqual({ fault, state: 'passed' });
    expect(witnesses, fault).toHaveLength(5);
    for (const each of witnesses) expect(each, fault).toMatchObject(survivor);
    expect(gapRatio, fault).toBeGreaterThan(0);
  }
  expect(gapVerdict).toMatch(/^During \d+ of \d+ faults/);
  expect(await readFile(path.join(output, 'result.md'), 'utf8')).toContain(gapVerdict);
});
