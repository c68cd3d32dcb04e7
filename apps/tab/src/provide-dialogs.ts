import { webFrame } from 'electron';

/** The world whose `prompt` is called: any number that nothing else uses. */
const untouchedWorld = 1001;
const hello = 'bulkhead-prompt';

/**
 * Gives the page `prompt()`, and lets it `print()` on a gesture of the user only. The runtime replaces it, in the page's world and in this one, by a function that throws;
 * in a world of its own it is still Chromium's, and its question goes to the browser as every alert does. In frames the
 * runtime replaces nothing.
 *
 * Events carry each question from the page's world to this one, because they are synchronous. They go to an element
 * that is in no document: the page never sees it.
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

/** Runs in the page's world before the page's first script, and keeps what that could replace later. */
function replaceDialogs(hello: string): void {
  const asker = document.createElement('i');
  window.dispatchEvent(new MouseEvent(hello, { relatedTarget: asker }));
  const { apply } = Reflect;
  const { setAttribute, getAttribute, dispatchEvent } = asker;
  const Signal = Event;
  const own = {
    // As long as Chrome's own, which is 0: pages look at that, too.
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
  // The system's print window opens for who has just done something in the page. Chromium asks for nothing here.
  const isActive = Object.getOwnPropertyDescriptor(UserActivation.prototype, 'isActive')?.get;
  const { userActivation } = navigator;
  const { print } = window;
  const printOnGesture = () => {
    if (isActive && apply(isActive, userActivation, [])) apply(print, window, []);
  };
  bind('print', printOnGesture.bind(window));
}
