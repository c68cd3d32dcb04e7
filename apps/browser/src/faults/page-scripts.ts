import type { TabFault } from '@bulkhead/contracts';

/**
 * Scripts with which a page breaks its own process, as a page would write them. They run in the page's world, after the
 * call that delivers them, so that the call gets an answer. `globalThis.broken` keeps their objects alive.
 */
export const pageScripts = {
  'tab-endless-loop': 'setTimeout(function endlessLoop() { for (;;); }); 0',

  'tab-endless-loop-in-worker': `{
    const source = new Blob(['for (;;);'], { type: 'text/javascript' });
    globalThis.broken = new Worker(URL.createObjectURL(source));
    0;
  }`,

  'tab-endless-loop-after-dialog': `setTimeout(function loopAfterDialog() {
    alert('This page will stop answering as soon as this is closed.');
    for (;;);
  }); 0`,

  'tab-endless-alert': `setTimeout(function endlessAlert() {
    for (let count = 1; ; count++) alert('This page asks for attention, time ' + count + '.');
  }); 0`,

  'tab-stack-overflow': `setTimeout(function stackOverflow() {
    const deeper = (depth) => deeper(depth + 1) + 1;
    globalThis.broken = deeper(0);
  }); 0`,

  'tab-exhaust-heap': `setTimeout(function exhaustHeap() {
    globalThis.broken = [];
    for (;;) globalThis.broken.push(new Array(500_000).fill(1.5));
  }); 0`,

  'tab-exhaust-array-buffers': `setTimeout(function exhaustArrayBuffers() {
    globalThis.broken = [];
    for (;;) globalThis.broken.push(new Uint8Array(16 * 1024 * 1024).fill(1));
  }); 0`,

  'tab-exhaust-elements': `setTimeout(function exhaustElements() {
    const root = document.createElement('div');
    globalThis.broken = root;
    for (let count = 0; ; count++) {
      const element = document.createElement('p');
      element.textContent = 'One of very many: ' + count;
      root.append(element);
    }
  }); 0`,

  'tab-leak': `globalThis.broken = [];
    setInterval(function leak() {
      globalThis.broken.push(new Uint8Array(8 * 1024 * 1024).fill(1));
    }, 50); 0`,

  // Each worker starts two more, like a fork bomb.
  'tab-swarm-of-workers': `{
    const source = \`const address = self.name;
      const more = () => new Worker(address, { name: address });
      globalThis.kept = [more(), more(), new Uint8Array(1 << 20).fill(1)];\`;
    const address = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
    globalThis.broken = new Worker(address, { name: address });
    0;
  }`,
} satisfies Partial<Record<TabFault, string>>;
