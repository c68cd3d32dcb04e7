const style = `
  div { position: fixed; display: grid; place-content: center; overflow: hidden; box-sizing: border-box; padding: 8px;
    z-index: 2147483647; background: #e7ecef; color: #1b2b33; border: 1px dashed #6b7f8a; text-align: center;
    font: 14px system-ui, sans-serif }
  @media (prefers-color-scheme: dark) { div { background: #1d272d; color: #dfe7eb } }
`;

/**
 * Returns a script for a document some of whose subframes (by their indexes) have lost their processes. It puts a sign
 * over each of them, and removes earlier signs. Subframes have no preload, so the script runs in the page's own world:
 * it tells the page nothing new, and the page could remove the signs.
 *
 * @param text the text of the sign. The user reloads the subframe with the bar above the page
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
 * Returns a script that reloads a subframe of a frame. The page cannot replace `window[index]` or the `location` of a
 * cross-site frame, so it does not learn the address.
 */
export function reloadNestedFrame(index: number, address: string): string {
  return `window[${index}].location.replace(${JSON.stringify(address)}); 0`;
}
