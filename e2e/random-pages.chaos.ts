import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { type RandomPages, serveRandomPages, stepsOf } from '../tools/testing/random-pages.ts';
import { familyOf } from './system.ts';
import { expect, test } from './test.ts';
import type { Undriven } from './undriven.ts';

/** Set by `npm run chaos -- --pages`. */
const seed = Number(process.env.BULKHEAD_PAGES_SEED ?? 1);
const seconds = Number(process.env.BULKHEAD_PAGES_SECONDS ?? 60);

type Operation =
  | { do: 'open'; page: number }
  | { do: 'click'; x: number; y: number; keys: ('control' | 'shift')[] }
  | { do: 'press'; key: string; keys: ('control' | 'shift' | 'alt')[] }
  | { do: 'answer' };

const fraction = fc.double({ min: 0.02, max: 0.98, noNaN: true });
const operations: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('open' as const), page: fc.nat(1_000_000) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('click' as const),
      x: fraction,
      y: fraction,
      keys: fc.constantFrom<('control' | 'shift')[]>([], [], [], ['control'], ['shift']),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom<Operation>(
      { do: 'press', key: 'Tab', keys: ['control'] },
      { do: 'press', key: 'R', keys: ['control'] },
      { do: 'press', key: 'W', keys: ['control'] },
      { do: 'press', key: 'T', keys: ['control', 'shift'] },
      { do: 'press', key: 'Left', keys: ['alt'] },
      { do: 'press', key: 'Right', keys: ['alt'] },
      { do: 'press', key: 'Escape', keys: [] },
      { do: 'press', key: 'Enter', keys: [] },
    ),
  },
  { weight: 3, arbitrary: fc.constant<Operation>({ do: 'answer' }) },
);

/** Further tabs are closed before the next operation. */
const mostTabs = 8;

test('random pages neither end the browser nor hurt a tab beside them', async ({ launchUndriven }) => {
  test.setTimeout(120_000 + seconds * 1000);
  await using pages = await serveRandomPages();
  const undriven = await launchUndriven([pages.bystander]);
  await undriven.click('bulkhead://shell', '[role=tab]');
  const pid = await bystanderPid(undriven, pages);
  let counted = await count(undriven, pages);
  const answerTimesMs: number[] = [];
  const stop = new AbortController();
  const watching = watchShell(undriven, answerTimesMs, stop.signal);
  const endAt = performance.now() + seconds * 1000;
  let done = 0;
  /** The last operations, oldest first. */
  const recent: string[] = [];
  try {
    for (const operation of fc.sample(operations, { seed, numRuns: 100_000 })) {
      if (performance.now() > endAt) break;
      recent.push(wordsOf(operation));
      if (recent.length > mostTabs) recent.shift();
      const last = recent.join('\n');
      const failure = await perform(undriven, pages, operation).catch((error: unknown) => error);
      await pause(100);
      done += 1;
      expect(bugIn(undriven.log), `after ${last}`).toBeUndefined();
      expect(undriven.exitCode, `after ${last}\n${undriven.log}`).toBeNull();
      if (failure) throw failure;
    }
    expect(await bystanderPid(undriven, pages)).toBe(pid);
    await expect.poll(() => count(undriven, pages)).toBeGreaterThan(counted);
    counted = await count(undriven, pages);
  } finally {
    stop.abort();
    await watching;
    const sorted = answerTimesMs.sort((one, other) => one - other);
    const at = (share: number) => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0);
    console.log(
      `seed ${seed}: ${done} operations, the interface answered ${sorted.length} times within ` +
        `${at(0.5)} ms (median), ${at(0.99)} ms (99th percentile), ${at(1)} ms (longest)`,
    );
  }
  const family = await familyOf(undriven.pid);
  await undriven.closeWindow();
  // Pages may object to being closed.
  await expect
    .poll(
      async () => {
        await answer(undriven, 'last').catch(() => undefined);
        return undriven.exitCode;
      },
      { message: `the end of the program, ${family.length} processes`, intervals: [250], timeout: 60_000 },
    )
    .toBe(0);
});

/** Returns the browser's report of a bug of its own, shortened. */
const bugIn = (log: string) => /the browser process has a bug.{0,1000}/s.exec(log)?.[0];

async function perform(undriven: Undriven, pages: RandomPages, operation: Operation): Promise<void> {
  await closeSurplus(undriven, pages);
  if (operation.do === 'open') {
    // As when the user starts the program again with an address, while the shell may be busy.
    const address = pages.page(operation.page);
    await undriven.evaluate(
      // Deferred, because a debugger command may run in the middle of anything that the browser does, even of the end
      // of another page. A second start is never handled there.
      ({ app }, addresses) => void setImmediate(() => app.emit('second-instance', {}, [], '', { addresses })),
      [address],
    );
  } else if (operation.do === 'answer') await answer(undriven, 'any');
  else await input(undriven, operation);
}

/** Clicks or presses in the topmost page, or in the shell if there is none. */
function input(undriven: Undriven, operation: Extract<Operation, { do: 'click' | 'press' }>): Promise<void> {
  return undriven.evaluate(({ BaseWindow, WebContentsView }, operation) => {
    const [window] = BaseWindow.getAllWindows();
    const top = window?.contentView.children.at(-1);
    if (!(top instanceof WebContentsView) || !top.webContents || top.webContents.isDestroyed()) return;
    const contents = top.webContents;
    // By the window's title, because a dialog of the shell would be above the page.
    const isBystander = window?.getTitle().startsWith('Bystander');
    if (operation.do === 'press') {
      // Keep the bystander as it is.
      if (isBystander && 'WR'.includes(operation.key)) return;
      contents.sendInputEvent({ type: 'keyDown', keyCode: operation.key, modifiers: operation.keys });
      contents.sendInputEvent({ type: 'keyUp', keyCode: operation.key, modifiers: operation.keys });
    } else if (!isBystander && !contents.getURL().startsWith('bulkhead:')) {
      const { width, height } = top.getBounds();
      const place = { x: Math.round(operation.x * width), y: Math.round(operation.y * height) };
      const event = { ...place, button: 'left', clickCount: 1, modifiers: operation.keys } as const;
      contents.sendInputEvent({ ...event, modifiers: [...operation.keys], type: 'mouseDown' });
      contents.sendInputEvent({ ...event, modifiers: [...operation.keys], type: 'mouseUp' });
    }
  }, operation);
}

/** Presses a button of the dialog that the shell shows, if there is one. */
async function answer(undriven: Undriven, which: 'any' | 'last'): Promise<void> {
  await undriven.inShell(`(() => {
    const buttons = [...document.querySelectorAll('[role=alertdialog] button, [role=dialog] button')];
    (${which === 'last'} ? buttons.at(-1) : buttons[performance.now() % buttons.length | 0])?.click();
  })()`);
}

/** Closes tabs with their buttons, as the user does, except the first, which is the bystander. */
async function closeSurplus(undriven: Undriven, _pages: RandomPages): Promise<void> {
  await undriven.inShell(`(() => {
    const buttons = [...document.querySelectorAll('[data-closes] button')];
    for (const button of buttons.slice(1, Math.max(1, buttons.length - ${mostTabs}))) button.click();
  })()`);
}

function bystanderPid(undriven: Undriven, { bystander }: RandomPages): Promise<number | undefined> {
  return undriven.evaluate(
    ({ webContents }, address) =>
      webContents
        .getAllWebContents()
        .find((each) => each.getURL() === address)
        ?.getOSProcessId(),
    bystander,
  );
}

const count = (undriven: Undriven, { bystander }: RandomPages) =>
  undriven.inPage<number>(bystander, `Number(document.querySelector('output').value)`);

/** Asks the shell repeatedly until it is aborted, and records the time of each answer. */
async function watchShell(undriven: Undriven, timesMs: number[], signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const asked = performance.now();
    // The shell may be reloaded meanwhile, and that time counts, too.
    await undriven.inShell('1').catch(() => undefined);
    timesMs.push(performance.now() - asked);
    await pause(50);
  }
}

function wordsOf(operation: Operation): string {
  if (operation.do !== 'open') return JSON.stringify(operation);
  const actions = stepsOf(operation.page).map(({ action, moment }) => `${action} (${Object.values(moment).join(' ')})`);
  return `page ${operation.page}: ${actions.join(', ')}`;
}
