/** Time before the work begins, ms: the application has finished its start by then. */
export const workAfterMs = 4000;

/**
 * A page that works like a web application: it edits a list, draws charts, lays out text, and sorts and filters a
 * table. Its box has the same size in every window. Each step is painted before the next. At the end, the page requests
 * /done?ms=….
 */
export const workPage = `<!doctype html><meta charset="utf-8"><title>Work</title>
<style>
  body { margin: 0; font: 14px sans-serif }
  main { width: 1000px; height: 640px; overflow: hidden; position: relative }
  li { padding: 2px 8px; border-bottom: 1px solid #ddd } li.done { color: #888; text-decoration: line-through }
  table { border-collapse: collapse } td { border: 1px solid #ccc; padding: 1px 6px }
  p { margin: 4px 0; columns: 2 }
</style><main></main>
<script>
  const main = document.querySelector('main');
  let seed = 7;
  const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const element = (name, parent, text) => {
    const made = parent.appendChild(document.createElement(name));
    if (text !== undefined) made.textContent = text;
    return made;
  };

  async function editList() {
    const list = element('ul', main);
    for (let item = 0; item < 200; item++) {
      element('li', list, 'Item ' + item);
      if (item % 40 === 39) await painted();
    }
    for (const item of [...list.children].filter((_, index) => index % 2)) item.className = 'done';
    await painted();
    for (let edit = 0; edit < 100; edit++) list.children[Math.floor(random() * 200)].textContent += ' edited';
    await painted();
    while (list.firstChild) {
      for (let item = 0; item < 50; item++) list.lastChild?.remove();
      await painted();
    }
    list.remove();
  }

  async function drawCharts() {
    const canvas = element('canvas', main);
    canvas.width = 900;
    canvas.height = 300;
    const context = canvas.getContext('2d');
    const svg = main.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'svg'));
    svg.setAttribute('viewBox', '0 0 900 300');
    for (let frame = 0; frame < 8; frame++) {
      context.clearRect(0, 0, 900, 300);
      for (let line = 0; line < 6; line++) {
        context.beginPath();
        for (let x = 0; x < 900; x += 3) context.lineTo(x, 150 + 100 * Math.sin(x / 50 + line + frame) * random());
        context.stroke();
      }
      svg.replaceChildren();
      for (let bar = 0; bar < 200; bar++) {
        const made = svg.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'rect'));
        const height = 300 * random();
        for (const [name, value] of Object.entries({ x: bar * 4.5, y: 300 - height, width: 4, height }))
          made.setAttribute(name, value);
      }
      await painted();
    }
    canvas.remove();
    svg.remove();
  }

  async function layOutText() {
    const words = Array.from({ length: 4000 }, () => 'lorem ipsum dolor sit amet 한국어 문장'.split(' ')[Math.floor(random() * 7)]);
    const text = element('p', main, words.join(' '));
    for (let width = 400; width <= 1000; width += 100) {
      text.style.width = width + 'px';
      text.getBoundingClientRect();
      await painted();
    }
    text.remove();
  }

  async function sortTable() {
    const table = element('table', main);
    const rows = Array.from({ length: 300 }, (_, index) => [index, Math.floor(random() * 1000), 'name ' + random()]);
    const show = (shown) => {
      table.replaceChildren();
      for (const row of shown) {
        const line = element('tr', table);
        for (const cell of row) element('td', line, cell);
      }
    };
    for (const column of [0, 1, 2, 1]) {
      show(rows.toSorted((a, b) => (a[column] > b[column] ? 1 : -1)));
      await painted();
      show(rows.filter((row) => row[1] % 3 === column % 3));
      await painted();
    }
    table.remove();
  }

  addEventListener('load', () => setTimeout(async () => {
    const start = performance.now();
    for (let round = 0; round < 12; round++) {
      await editList();
      await drawCharts();
      await layOutText();
      await sortTable();
    }
    fetch('/done?ms=' + (performance.now() - start), { method: 'POST' });
  }, ${workAfterMs}));
</script>`;

/** A page that animates sixty times a second, and reports the longest gap between two frames within ten seconds. */
export const animationPage = `<!doctype html><meta charset="utf-8"><title>Animation</title>
<style>div { width: 200px; height: 200px; background: teal }</style><div></div>
<script>
  const square = document.querySelector('div');
  addEventListener('load', () => setTimeout(() => {
    const start = performance.now();
    let [last, longest] = [start, 0];
    const frame = () => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
      square.style.transform = 'translateX(' + (now - start) / 20 + 'px)';
      if (now - start < 10_000) requestAnimationFrame(frame);
      else fetch('/done?ms=' + longest, { method: 'POST' });
    };
    requestAnimationFrame(frame);
  }, ${workAfterMs}));
</script>`;
