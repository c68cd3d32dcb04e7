import { expect, test } from 'vitest';
import { anonymousKiB, parseStat, parseStatus, processorUse, readProcess } from './proc.ts';

test('reads this process', async () => {
  const reading = await readProcess(process.pid);
  expect(reading).toMatchObject({ parentPid: process.ppid, seccomp: expect.any(Number) });
  expect(reading?.commandLine).toContain(process.execPath.split('/').at(-1));
  expect(reading?.pssKiB).toBeGreaterThan(1000);
  expect(reading?.privateKiB).toBeGreaterThan(1000);
  expect(reading?.descriptors).toBeGreaterThan(3);
  expect(anonymousKiB(process.pid)).toBeGreaterThan(1000);
});

test('a process that has ended is undefined', async () => {
  expect(await readProcess(2 ** 22 + 1)).toBeUndefined();
});

test('a command name with spaces and parentheses does not shift the fields', () => {
  const stat = '7 (a) b) c) S 3 7 7 0 -1 4194560 1 0 0 0 11 22 0 0 20 0 1 0 333 0 0';
  expect(parseStat(stat)).toEqual({
    state: 'S',
    parentPid: 3,
    session: 7,
    cpuTicks: 33,
    systemTicks: 22,
    nice: 0,
    threads: 1,
    startTicks: 333,
  });
});

test('counts the PID namespaces, and returns null for what the kernel does not report', () => {
  expect(
    parseStatus(
      'NSpid:\t70\t5\t1\nRssShmem:\t  44 kB\nCapEff:\t000000000000000f\nNoNewPrivs:\t1\nSeccomp:\t2\nSeccomp_filters:\t3\n',
    ),
  ).toEqual({
    seccomp: 2,
    pidNamespaces: 3,
    noNewPrivileges: true,
    capabilities: '000000000000000f',
    sharedMemoryKiB: 44,
  });
  expect(parseStatus('Name:\tx\n')).toEqual({
    seccomp: null,
    pidNamespaces: null,
    noNewPrivileges: null,
    capabilities: null,
    sharedMemoryKiB: null,
  });
});

test.runIf(process.platform === 'linux')('reads the processor use of a process', async () => {
  const before = processorUse(process.pid, true);
  expect(before).toMatchObject({ state: 'R' });
  expect(processorUse(process.pid, false)?.wakeups).toBe(0);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(processorUse(process.pid, true)?.wakeups).toBeGreaterThan(before?.wakeups ?? 0);
  expect(processorUse(0, true)).toBeUndefined();
});
