const style = `
  div { position: fixed; display: grid; place-content: center; overflow: hidden; box-sizing: border-box; padding: 8px;
    z-index: 2147483647; background: #e7ecef; color: #1b2b33; border: 1px dashed #6b7f8a; text-align: center;
    font: 14px system-ui, sans-serif }
  @media (prefers-color-scheme: dark) { div { background: #1d272d; color: #dfe7eb } }
`;

/**
 * A script for the document of a frame, some of whose own frames (by their places among its frames) have lost their
 * processes: lays a sign over each of them, and takes earlier signs away. No preload runs in frames, so this one runs in
 * the page's own world: it tells the page nothing that it did not know, and the page could take the signs away.
 *
 * @param text what a person reads there: the bar above the page loads the frame again
 */
export function markNestedFrames(indexes: readonly number[], text: string): string {
  return `(() => {
    const name = 'bulkhead-sad-frames';
    for (const earlier of [...document.querySelectorAll(name)]) earlier.remove();
    const elements = [...document.querySelectorAll('iframe, frame')];
    const marked = ${JSON.stringify(indexes)}
      .map((index) => elements.find((each) => each.contentWindow === window[index]))
      .filter(Boolean)
      .map((element) => ({ element, sign: document.createElement('div') }));
    if (marked.length === 0) return 0;
    const host = document.createElement(name);
    const shadow = host.attachShadow({ mode: 'closed' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(${JSON.stringify(style)});
    shadow.adoptedStyleSheets = [sheet];
    for (const { sign } of marked) {
      sign.setAttribute('role', 'alert');
      sign.append(${JSON.stringify(text)});
      shadow.append(sign);
    }
    document.documentElement.append(host);
    const follow = () => {
      if (!host.isConnected) return;
      for (const { element, sign } of marked) {
        const box = element.getBoundingClientRect();
        for (const side of ['left', 'top', 'width', 'height']) sign.style[side] = box[side] + 'px';
      }
      requestAnimationFrame(follow);
    };
    follow();
    return marked.length;
  })()`;
}

/**
 * A script that loads one of a frame's own frames again. Neither the window's own frames nor the way to send one of
 * another site somewhere can be replaced by the page: it does not learn the address.
 */
export function reloadNestedFrame(index: number, address: string): string {
  return `window[${index}].location.replace(${JSON.stringify(address)}); 0`;
}
