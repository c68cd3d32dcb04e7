import { EventEmitter } from 'node:events';
import type { WebContents } from 'electron';
import { expect, test, vi } from 'vitest';

/** A page with a subframe in another process, which claims that the user has pressed in it. */
class ContentsOfTest extends EventEmitter {
  readonly mainFrame = {
    osProcessId: 1,
    frames: [{ osProcessId: 2, frames: [], executeJavaScript: async () => true }],
  };
}

/** Loads the module as at the start of the browser, because it remembers what Electron reports. */
async function gesturesIn(contents: ContentsOfTest) {
  vi.resetModules();
  const { FrameGestures } = await import('./frame-gestures.ts');
  return new FrameGestures(contents as unknown as WebContents);
}

test('asks frames of other processes where Electron does not report presses in them', async () => {
  expect((await gesturesIn(new ContentsOfTest())).mayAsk()).toBe(true);
  expect(await (await gesturesIn(new ContentsOfTest())).claimed()).toBe(true);
});

test('asks no frame where Electron reports presses in all of them', async () => {
  const contents = new ContentsOfTest();
  const gestures = await gesturesIn(contents);
  contents.emit('before-mouse-event', {}, { type: 'mouseDown' });
  expect(gestures.mayAsk()).toBe(false);
});

test('a window counts as opened on a gesture only if Chromium says so', async () => {
  const contents = new ContentsOfTest();
  const gestures = await gesturesIn(contents);
  const [pressed, unpressed, unknown] = [{}, {}, {}] as [WebContents, WebContents, WebContents];
  contents.emit('-add-new-contents', {}, pressed, 'new-window', true);
  contents.emit('-add-new-contents', {}, unpressed, 'new-window', false);
  expect(gestures.confirms(pressed, 'new-window')).toBe(true);
  expect(gestures.confirms(unpressed, 'new-window')).toBe(false);
  // An Electron without the internal event.
  expect(gestures.confirms(unknown, 'new-window')).toBe(false);
});
