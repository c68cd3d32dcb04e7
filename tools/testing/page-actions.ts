/**
 * Actions of a page against the browser that shows it. Each is the body of an asynchronous function that runs in the
 * page. In scope: `seed`, `wait(ms)`, `other` (origin of another site), `silent` (an address that never answers).
 */
export const pageActions: Readonly<Record<string, string>> = {
  // Facts that the shell shows.
  'title in a loop': `for (let i = 0; i < 5000; i++) document.title = 'title ' + i + '\\u202e' + Math.random();`,
  'endless title': `document.title = 'T'.repeat(5_000_000);`,
  'strange title': `document.title = '\\ud800 \\u0000 \\u202e <b>&amp;</b> \\n\\n'.repeat(300);`,
  'icons in a loop': `for (let i = 0; i < 300; i++) {
    const link = Object.assign(document.createElement('link'), { rel: 'icon', href: '/icon?' + i + Math.random() });
    document.head.append(link);
    if (i % 3) link.remove();
    if (i % 20 === 0) await wait(1);
  }`,
  'large icon': `document.head.append(Object.assign(document.createElement('link'), {
    rel: 'icon', href: 'data:image/png;base64,' + 'A'.repeat(3_000_000) }));`,
  'window name': `window.name = 'n'.repeat(10_000_000);`,
  'console in a loop': `for (let i = 0; i < 3000; i++) console.log('c'.repeat(1000), i);`,
  'large console message': `console.error('e'.repeat(10_000_000));`,
  'link texts': `const link = document.getElementById('link'); link.title = 't'.repeat(1_000_000); link.href = '#' + 'h'.repeat(500_000);`,
  'cursor in a loop': `for (let i = 0; i < 300; i++) { document.body.style.cursor = i % 2 ? 'wait' : 'url(/icon?' + i + '), auto'; await wait(1); }`,

  // History and addresses.
  'pushState in a loop': `for (let i = 0; i < 190; i++) history.pushState({ i }, '', '?' + seed + '&' + i);`,
  'long pushState': `for (let i = 0; i < 30; i++) history.pushState(null, '', '?' + seed + '#' + 'x'.repeat(1_000_000) + i);`,
  'growing pushState': `let grown = ''; for (let i = 0; i < 3000; i++) { grown += i; history.pushState(null, '', '?' + seed + '#' + grown); }`,
  'large history state': `history.pushState('s'.repeat(3_000_000), '');`,
  'fragments in a loop': `for (let i = 0; i < 150; i++) { location.hash = 'f' + i; if (i % 10 === 0) await wait(1); }`,
  'back and forward': `for (let i = 0; i < 20; i++) { history.pushState(null, '', '#' + i); history.go(i % 3 ? -1 : 1); await wait(5); }`,
  'back beyond the beginning': `history.go(-100);`,

  // Navigation.
  'next page': `location.href = '/page?' + (seed + 1000);`,
  'other site': `location.href = other + '/page?' + (seed + 2000);`,
  'server that never answers': `location.href = silent;`,
  'refused connection': `location.href = 'http://127.0.0.1:9/?' + 'a'.repeat(70_000);`,
  'endless redirects': `location.href = '/redirect?0';`,
  'answer without content': `location.href = '/nothing';`,
  'answer that breaks off': `location.href = '/broken';`,
  'javascript document': `location.href = 'javascript:"<title>script</title><p>hello</p>"';`,
  'data document': `const frame = document.createElement('iframe'); frame.src = 'data:text/html,<title>data</title>' + 'd'.repeat(1_000_000); document.body.append(frame);`,
  'blob document': `location.href = URL.createObjectURL(new Blob(['<title>blob</title>blob'], { type: 'text/html' }));`,
  'rewritten document': `document.open(); document.write('<title>rewritten</title><h1>rewritten</h1>'); document.close();`,
  reload: `await wait(300); location.reload();`,
  'forbidden addresses': `for (const address of ['bulkhead://settings/', 'bulkhead://kill', 'chrome://crash', 'chrome://gpucrash', 'file:///etc/passwd', 'view-source:' + location, 'devtools://x', 'about:srcdoc']) {
    try { location.href = address; } catch {}
    await wait(20);
  }`,
  'cancelled navigations': `for (let i = 0; i < 50; i++) { location.href = silent + '?' + i; await wait(2); } window.stop();`,
  'user and password': `location.href = 'http://user:secret@' + location.host + '/page?' + (seed + 3000);`,
  'asks for a password': `location.href = '/password';`,

  // Windows and forms.
  'pop-ups': `for (let i = 0; i < 10; i++) window.open('/page?' + (seed + i), '_blank', i % 2 ? 'width=100,height=100,left=-5000' : '');`,
  'pop-ups without opener': `for (let i = 0; i < 5; i++) window.open('/page?' + (seed + i), '_blank', 'noopener');`,
  'writes into a window': `const child = window.open(silent, 'bank'); await wait(100); child?.document.write('<title>Bank</title>');`,
  'window in a loop': `for (let i = 0; i < 20; i++) { window.open('', 'w' + (i % 3))?.close(); await wait(1); }`,
  'clicks links itself': `for (const keys of [{ ctrlKey: true }, { shiftKey: true }, { ctrlKey: true, shiftKey: true }, { altKey: true }, {}])
    document.getElementById('link').dispatchEvent(new MouseEvent('click', { ...keys, cancelable: true }));`,
  'sandboxed frame opens windows': `const frame = document.createElement('iframe'); frame.sandbox = 'allow-scripts allow-popups';
    frame.srcdoc = '<a id=a href=/>a</a><script>setInterval(() => { a.dispatchEvent(new MouseEvent("click", { ctrlKey: true })); window.open("/") }, 50)</scr' + 'ipt>';
    document.body.append(frame);`,
  'form into a new tab': `const form = Object.assign(document.createElement('form'), { method: 'post', action: '/page?' + seed, target: '_blank' });
    form.append(Object.assign(document.createElement('input'), { name: 'v', value: 'x'.repeat(100_000) })); document.body.append(form); form.submit();`,
  form: `const form = Object.assign(document.createElement('form'), { method: 'post', action: '/page?' + (seed + 4000) }); document.body.append(form); form.submit();`,
  'closes itself': `window.close();`,
  'moves its window': `for (let i = 0; i < 50; i++) { moveTo(-1000, i); resizeTo(i, i); focus(); blur(); }`,

  // Actions that wait for the user.
  alert: `alert('a'.repeat(100_000));`,
  confirm: `document.title = String(confirm('Really?'));`,
  prompt: `document.title = String(prompt('p'.repeat(50_000), 'd'.repeat(50_000))).slice(0, 20);`,
  alerts: `for (let i = 0; i < 5; i++) alert(i);`,
  'wants to stay': `addEventListener('beforeunload', (event) => { event.preventDefault(); event.returnValue = 'stay'; });`,
  'full screen': `document.documentElement.requestFullscreen().catch(() => {});`,
  'pointer lock': `document.body.requestPointerLock()?.catch?.(() => {});`,
  permissions: `navigator.geolocation.getCurrentPosition(() => {}, () => {}); Notification.requestPermission(); navigator.mediaDevices?.getUserMedia({ audio: true, video: true }).catch(() => {});
    navigator.clipboard?.readText().catch(() => {}); navigator.requestMIDIAccess?.().catch(() => {}); navigator.storage?.persist();`,
  clipboard: `await navigator.clipboard?.writeText('x'.repeat(1_000_000));`,

  // Downloads.
  downloads: `for (let i = 0; i < 10; i++) { Object.assign(document.createElement('a'), { href: '/file?' + i, download: 'd'.repeat(1000) + '/../' + i }).click(); await wait(10); }`,
  'download of its own data': `Object.assign(document.createElement('a'), { href: 'data:text/plain,' + 'x'.repeat(1_000_000), download: '..\\\\\\u202egpj.exe' }).click();`,

  // Frames, workers, storage.
  frames: `for (let i = 0; i < 40; i++) { const frame = document.createElement('iframe'); frame.src = (i % 2 ? other : '') + '/bystander'; document.body.append(frame); }`,
  'nested frames': `if (seed < 1e9) { const frame = document.createElement('iframe'); frame.src = '/page?' + (seed + 5000); document.body.append(frame); }`,
  'frames come and go': `for (let i = 0; i < 60; i++) { const frame = document.createElement('iframe'); frame.src = other + '/bystander?' + i; document.body.append(frame); await wait(5); frame.remove(); }`,
  workers: `const code = URL.createObjectURL(new Blob(['setInterval(() => postMessage(1), 1)'])); for (let i = 0; i < 10; i++) new Worker(code);`,
  storage: `try { for (let i = 0; i < 100; i++) localStorage[seed + '-' + i] = 'x'.repeat(100_000); } catch {}`,
  cookies: `for (let i = 0; i < 300; i++) document.cookie = 'c' + i + '=' + 'x'.repeat(3000);`,
  requests: `for (let i = 0; i < 200; i++) fetch('/icon?' + i).catch(() => {});`,

  // Processor, memory, layout.
  'busy for a second': `const until = performance.now() + 1000; while (performance.now() < until);`,
  memory: `window.kept ??= []; window.kept.push(new Uint8Array(30_000_000).fill(1));`,
  'deep document': `document.body.innerHTML = '<div>'.repeat(20_000);`,
  'many elements': `const fragment = document.createDocumentFragment(); for (let i = 0; i < 20_000; i++) fragment.append(document.createElement('p')); document.body.append(fragment);`,
  animation: `const turn = (at) => { document.body.style.background = 'hsl(' + at % 360 + ' 50% 50%)'; requestAnimationFrame(turn); }; requestAnimationFrame(turn);`,
  sound: `const audio = new AudioContext(); const tone = audio.createOscillator(); tone.connect(audio.destination); tone.start(); await wait(300); tone.stop();`,
  'long selection': `document.body.append('s'.repeat(1_000_000)); getSelection().selectAllChildren(document.body);`,
  'messages to itself': `for (let i = 0; i < 2000; i++) postMessage({ i, payload: 'x'.repeat(500) });`,
};
