import { EventEmitter } from 'node:events';
import { leavingChannel } from '@bulkhead/contracts';
import type { WebContents, WebFrameMain } from 'electron';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DocumentGreeter } from './document-greeter.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

const frameOfTest = (isDestroyed = () => false) => ({ isDestroyed }) as unknown as WebFrameMain;

/** The part of a tab's contents that a greeter listens to. */
class ContentsOfTest extends EventEmitter {
  readonly ipc = new EventEmitter();
  frameIsDestroyed = false;
  mainFrame = frameOfTest(() => this.frameIsDestroyed);
  isDestroyed = () => false;
  greet(senderFrame: WebFrameMain | null = this.mainFrame): void {
    this.emit('ipc-message', {}, 'bulkhead-hello');
    this.ipc.emit('bulkhead-hello', { senderFrame });
  }
}

function greeted() {
  const contents = new ContentsOfTest();
  const greeter = new DocumentGreeter(contents as unknown as WebContents, () => performance.now());
  const documents: WebFrameMain[] = [];
  let impostors = 0;
  greeter.on('document', (frame) => documents.push(frame));
  greeter.on('impostor', () => {
    impostors += 1;
  });
  return { contents, documents, impostors: () => impostors };
}

test('every document that greets is answered at once, with or without a navigation before it', () => {
  const { contents, documents, impostors } = greeted();
  for (let count = 1; count <= 10; count++) {
    contents.greet();
    expect(documents).toHaveLength(count);
  }
  expect(impostors()).toBe(0);
});

test('a page that keeps creating documents gets a port for the newest one, about once a second', () => {
  const { contents, documents, impostors } = greeted();
  for (let ms = 0; ms < 60_000; ms += 10) {
    contents.greet();
    vi.advanceTimersByTime(10);
  }
  expect(documents.length).toBeGreaterThan(50);
  expect(documents.length).toBeLessThan(85);
  const before = documents.length;
  contents.greet();
  vi.advanceTimersByTime(1100);
  expect(documents.length).toBeGreaterThan(before);
  expect(impostors()).toBe(0);
});

test('a frame that is no longer the main frame is not answered', () => {
  const { contents, documents } = greeted();
  contents.greet(frameOfTest());
  contents.greet(null);
  expect(documents).toEqual([]);
});

test('a document whose process ends while it waits is not answered', () => {
  const { contents, documents } = greeted();
  for (let count = 1; count <= 21; count++) contents.greet();
  expect(documents).toHaveLength(20);
  contents.frameIsDestroyed = true;
  vi.advanceTimersByTime(1100);
  expect(documents).toHaveLength(20);
});

test('a page that asks before it is left does not count as compromised', () => {
  const { contents, impostors } = greeted();
  contents.emit('ipc-message-sync', {}, leavingChannel, { byGesture: true });
  expect(impostors()).toBe(0);
});

test.each([
  ['a greeting with words', 'ipc-message', ['bulkhead-hello', 'with words']],
  ['a question of the wrong form', 'ipc-message-sync', [leavingChannel, { byGesture: 'yes' }]],
  ['a question with more in it', 'ipc-message-sync', [leavingChannel, { byGesture: true }, 'x'.repeat(1000)]],
])('%s outside its port shows that a renderer is compromised', (_what, event, args) => {
  const { contents, impostors } = greeted();
  contents.emit(event, {}, ...args);
  expect(impostors()).toBe(1);
});

test.each(['-ipc-message', '-ipc-message-sync', '-ipc-invoke'])(
  "Electron's own %s does not, unless it is larger than any message that Electron sends",
  (event) => {
    const { contents, impostors } = greeted();
    contents.emit(event, {}, true, 'BROWSER_SANDBOX_LOAD', []);
    expect(impostors()).toBe(0);
    const large = [Array.from({ length: 100_000 }, () => [0])];
    contents.emit(event, {}, true, 'BROWSER_SANDBOX_LOAD', large);
    expect(impostors()).toBe(1);
    // As Electron 35 and later emit it.
    contents.emit(event, {}, 'BROWSER_SANDBOX_LOAD', large);
    expect(impostors()).toBe(2);
  },
);
