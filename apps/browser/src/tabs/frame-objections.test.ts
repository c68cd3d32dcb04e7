import { expect, test, vi } from 'vitest';
import { framesObject } from './frame-objections.ts';

type Frame = Parameters<typeof framesObject>[0];

/** Creates a frame with this answer and these child frames. */
function frame(answer: () => Promise<unknown>, ...frames: Frame[]): Frame {
  return { executeJavaScript: answer, frames } as unknown as Frame;
}
const answering = (value: unknown) => async () => value;
const never = () => new Promise(() => undefined);
const gone = () => Promise.reject(new Error('Render frame was disposed'));
const document = (...frames: Frame[]) => frame(gone, ...frames);

test.each([
  ['without frames', document(), false],
  ['whose frames have nothing to lose', document(frame(answering(false)), frame(answering(false))), false],
  ['with a frame that objects', document(frame(answering(false)), frame(answering(true))), true],
  ['with a frame that objects in a frame', document(frame(answering(false), frame(answering(true)))), true],
  ['with a frame that objects beside one that hangs', document(frame(never), frame(answering(true))), true],
  ['with a destroyed frame', document(frame(gone)), false],
  ['with frames that answer something else', document(frame(answering('yes')), frame(answering({}))), false],
])('a document %s: objection is %s', async (_what, top, objects) => {
  expect(await framesObject(top)).toBe(objects);
});

test('a frame that hangs delays nothing', async () => {
  expect(await framesObject(document(frame(never)))).toBe(false);
});

test('at most a hundred frames are asked, the outermost first', async () => {
  const ask = vi.fn(answering(false));
  const inner = Array.from({ length: 150 }, () => frame(ask));
  await framesObject(document(frame(ask, ...inner), frame(ask)));
  expect(ask).toHaveBeenCalledTimes(100);
});
