import { expect as playwrightExpect } from '@playwright/test';

/** Playwright would look after 100, 250 and 500 ms and then each second, so a test would wait longer than necessary. */
const intervals = [20, 50, 100];

const poll: typeof playwrightExpect.poll = (look, options) =>
  playwrightExpect.poll(look, {
    intervals,
    ...(typeof options === 'string' ? { message: options } : options),
  });

/** Playwright's `expect`, which polls more often. */
export const expect = new Proxy(playwrightExpect, {
  get: (target, name, receiver) => (name === 'poll' ? poll : Reflect.get(target, name, receiver)),
});
