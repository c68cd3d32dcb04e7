import { webFrame } from 'electron';

/** World whose `prompt` is called: any number that nothing else uses. */
const untouchedWorld = 1001;
const hello = 'bulkhead-prompt';

/**
 * Gives the page `prompt()`, and allows `print()` only on a gesture of the user. Electron replaces `prompt` in the
 * page's world and in this one with a function that throws. In another world it is still Chromium's, and its question
 * goes to the browser as every alert does. Electron replaces nothing in subframes.
 *
 * Events carry each question from the page's world to this one, because they are synchronous. Their target is an
 * element in no document, so the page never sees it.
 */
export function provideDialogs(): void {
  const onHello = (event: Event) => {
    event.stopImmediatePropagation();
    const asker = (event as MouseEvent).relatedTarget;
    if (asker instanceof Element) asker.addEventListener('ask', () => ask(asker));
  };
  window.addEventListener(hello, onHello, { capture: true, once: true });
  void webFrame.executeJavaScript(`(${replaceDialogs})(${JSON.stringify(hello)})`);
  window.removeEventListener(hello, onHello, { capture: true });
}

function ask(asker: Element): void {
  const texts = [asker.getAttribute('message') ?? '', asker.getAttribute('text') ?? ''];
  const code = `prompt(${texts.map((text) => JSON.stringify(text)).join()})`;
  asker.removeAttribute('answer');
  // Synchronous: the callback has been called when this returns.
  void webFrame.executeJavaScriptInIsolatedWorld(untouchedWorld, [{ code }], false, (answer: unknown) => {
    if (typeof answer === 'string') asker.setAttribute('answer', answer);
  });
}

/** Runs in the page's world before the page's first script. Keeps references to functions that the page may replace. */
function replaceDialogs(hello: string): void {
  const asker = document.createElement('i');
  window.dispatchEvent(new MouseEvent(hello, { relatedTarget: asker }));
  const { apply } = Reflect;
  const { setAttribute, getAttribute, dispatchEvent } = asker;
  const Signal = Event;
  const own = {
    // Its `length` is 0 as in Chrome, because pages check that, too.
    prompt(...[message, text]: unknown[]) {
      apply(setAttribute, asker, ['message', message === undefined ? '' : `${message}`]);
      apply(setAttribute, asker, ['text', text === undefined ? '' : `${text}`]);
      apply(dispatchEvent, asker, [new Signal('ask')]);
      return apply(getAttribute, asker, ['answer']);
    },
  };
  const bind = (name: string, value: () => unknown) => {
    Object.assign(window, { [name]: Object.defineProperty(value, 'name', { value: name }) });
  };
  bind('prompt', own.prompt.bind(window));
  // Open the system's print window only on a gesture of the user. Chromium does not require one.
  const isActive = Object.getOwnPropertyDescriptor(UserActivation.prototype, 'isActive')?.get;
  const { userActivation } = navigator;
  const { print } = window;
  const printOnGesture = () => {
    if (isActive && apply(isActive, userActivation, [])) apply(print, window, []);
  };
  bind('print', printOnGesture.bind(window));
}
