import type { FrameToMark, SadFrameWords } from '@bulkhead/contracts';

const style = `
  div { position: fixed; display: grid; place-content: center; justify-items: center; gap: 8px; overflow: hidden;
    box-sizing: border-box; padding: 8px; z-index: 2147483647; background: #e7ecef; color: #1b2b33;
    border: 1px dashed #6b7f8a; font: 14px system-ui, sans-serif; text-align: center }
  button { font: inherit; padding: 4px 12px }
  @media (prefers-color-scheme: dark) { div { background: #1d272d; color: #dfe7eb } }
`;

/**
 * Lays a sad frame over each subframe whose process has ended, in a page that lives. The page cannot access it: it is
 * in a closed shadow tree that belongs to this world.
 */
export class SadFrames {
  readonly #host = document.createElement('bulkhead-sad-frames');
  readonly #shadow = this.#host.attachShadow({ mode: 'closed' });
  #next = 0;
  #marked: { element: Element; sign: HTMLElement; address: string; window: Window }[] = [];

  mark(frames: readonly FrameToMark[], words: SadFrameWords): void {
    this.#clear();
    for (const { index, address } of frames) {
      const target = window.frames[index];
      const element = [...document.querySelectorAll('iframe, frame')].find(
        (each) => (each as HTMLIFrameElement).contentWindow === target,
      );
      if (target && element)
        this.#marked.push({ element, sign: this.#sign(target, address, words), address, window: target });
    }
    if (this.#marked.length === 0) return;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    this.#shadow.adoptedStyleSheets = [sheet];
    document.documentElement.append(this.#host);
    this.#follow();
  }

  /** The signs stay until the browser sees that the subframes are back: one may end again before its page loads. */
  reload(): void {
    for (const { window: frame, address } of this.#marked) frame.location.replace(address);
  }

  #sign(frame: Window, address: string, { gone, reload }: SadFrameWords): HTMLElement {
    const sign = document.createElement('div');
    sign.setAttribute('role', 'alert');
    sign.append(gone);
    const button = document.createElement('button');
    button.append(reload);
    button.addEventListener('click', () => frame.location.replace(address));
    sign.append(button);
    this.#shadow.append(sign);
    return sign;
  }

  /** Keeps each sign over its subframe: pages scroll and change their layout. */
  #follow(): void {
    if (this.#marked.length === 0) return;
    for (const { element, sign } of this.#marked) {
      const { left, top, width, height } = element.getBoundingClientRect();
      sign.style.left = `${left}px`;
      sign.style.top = `${top}px`;
      sign.style.width = `${width}px`;
      sign.style.height = `${height}px`;
    }
    this.#next = requestAnimationFrame(() => this.#follow());
  }

  #clear(): void {
    cancelAnimationFrame(this.#next);
    for (const { sign } of this.#marked) sign.remove();
    this.#marked = [];
    this.#host.remove();
  }
}
