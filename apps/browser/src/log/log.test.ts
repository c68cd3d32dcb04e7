import { afterEach, expect, test, vi } from 'vitest';
import { keepLogIn, log, logOf } from './log.ts';

afterEach(() => void vi.restoreAllMocks());

function listen(): { lines: string[]; printed: string[] } {
  const lines: string[] = [];
  const printed: string[] = [];
  keepLogIn({ add: (line) => void lines.push(line), writeNow: () => undefined });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    printed.push(String(text));
    return true;
  });
  return { lines, printed };
}

test('each process has a logger of its own, whose lines name its type, id and PID', () => {
  const { lines } = listen();
  logOf({ type: 'tab', id: 7, pid: 4312 }).info('shows a page');
  log.info('starts');
  expect(lines).toEqual([
    expect.stringMatching(/^\S+Z info tab 7 \(pid 4312\): shows a page$/),
    expect.stringMatching(new RegExp(`^\\S+Z info browser \\(pid ${process.pid}\\): starts$`)),
  ]);
});

test('failures also go to the standard error, events do not', () => {
  const { lines, printed } = listen();
  logOf({ type: 'plugin', id: 'frame-stats', pid: 7 }).warn('it is ended for a bad message: text');
  log.error('a check failed:', new Error('gone'));
  log.info('starts');
  expect(printed[0]).toBe('bulkhead: plugin frame-stats (pid 7): it is ended for a bad message: text\n');
  expect(printed[1]).toMatch(/^bulkhead: a check failed: Error: gone\n {4}at /);
  expect(printed).toHaveLength(2);
  expect(lines).toHaveLength(3);
});

test('a text with line ends prints no second message', () => {
  const { printed } = listen();
  log.warn('text\nbulkhead: forged');
  expect(printed.join('').match(/^bulkhead:/gm)).toHaveLength(1);
});

test('no log line throws into the code that logs, even if it cannot be kept or printed', () => {
  const refuse = () => {
    throw new Error('EIO');
  };
  keepLogIn({ add: refuse, writeNow: () => undefined });
  vi.spyOn(process.stderr, 'write').mockImplementation(refuse);
  expect(() => log.error('text', Object.create(null))).not.toThrow();
});
