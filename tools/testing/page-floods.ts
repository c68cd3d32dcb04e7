/**
 * Floods: everything that a page can ask of the browser by plain script, without end. Each is a script that runs in the
 * page and continues by itself. In scope: `other` (origin of another site), and `every(run, times)`, which calls `run`
 * `times` times every millisecond.
 */
export const pageFloods: Readonly<Record<string, string>> = {
  // Facts that the shell shows.
  title: `every(() => { document.title = 'Flood ' + Math.random(); }, 300);`,
  'long title': `every(() => { document.title = Math.random() + 'x'.repeat(500_000); }, 5);`,
  icon: `const icon = document.head.appendChild(Object.assign(document.createElement('link'), { rel: 'icon' }));
    every(() => { icon.href = '/icon?' + Math.random(); }, 50);`,
  'theme colour': `const theme = document.head.appendChild(Object.assign(document.createElement('meta'), { name: 'theme-color' }));
    every(() => { theme.content = '#' + Math.floor(Math.random() * 0xffffff).toString(16).padStart(6, '0'); }, 300);`,
  console: `every(() => console.log('x'.repeat(20_000) + Math.random()), 50);`,
  'short console messages': `every(() => console.log(Math.random()), 300);`,
  cursor: `let turn = 0; every(() => { document.body.style.cursor = turn++ % 2 ? 'wait' : 'crosshair'; document.body.offsetTop; }, 20);`,
  selection: `document.body.append('s'.repeat(1_000_000)); let end = 0;
    every(() => { getSelection().setBaseAndExtent(document.body.lastChild, 0, document.body.lastChild, end = (end + 1) % 1_000_000); }, 5);`,
  focus: `const fields = [0, 1].map(() => document.body.appendChild(document.createElement('input')));
    let turn = 0; every(() => fields[turn++ % 2].focus(), 50);`,
  'tooltip and validation': `const field = document.body.appendChild(Object.assign(document.createElement('input'), { required: true }));
    every(() => { field.setCustomValidity('no ' + Math.random()); field.reportValidity(); }, 50);`,

  // History and navigation.
  pushState: `every(() => history.pushState({ at: Math.random() }, '', '?' + Math.random()), 50);`,
  'long pushState': `every(() => history.pushState(null, '', '#' + Math.random() + 'x'.repeat(1_900_000)), 1);`,
  'large history state': `every(() => history.replaceState('s'.repeat(3_000_000) + Math.random(), ''), 1);`,
  fragments: `every(() => { location.hash = Math.random(); }, 50);`,
  'history steps': `for (let i = 0; i < 20; i++) history.pushState(i, '', '#' + i); let turn = 0; every(() => history.go(turn++ % 2 ? 1 : -1), 50);`,
  'cancelled navigations': `every(() => { location.href = '/silent?' + Math.random(); }, 50);`,
  'unknown schemes': `every(() => { location.href = 'nothing-knows-this:' + Math.random(); }, 50);`,
  'refused schemes': `every(() => { location.href = 'chrome://version/?' + Math.random(); }, 50);`,
  'window.name': `every(() => { window.name = Math.random() + 'n'.repeat(1_000_000); }, 5);`,
  'short window.name': `every(() => { window.name = Math.random(); }, 300);`,

  // Frames.
  'frames that navigate': `const frames = Array.from({ length: 50 }, frame); setInterval(() => { for (const each of frames) each.src = 'about:blank?' + Math.random(); }, 0);`,
  'frames of srcdoc': `const frames = Array.from({ length: 50 }, frame); setInterval(() => { for (const each of frames) each.srcdoc = '<p>' + Math.random(); }, 0);`,
  'frames of data': `const frames = Array.from({ length: 50 }, frame); setInterval(() => { for (const each of frames) each.src = 'data:text/html,' + Math.random(); }, 0);`,
  'frames of long data': `const frames = Array.from({ length: 10 }, frame); setInterval(() => { for (const each of frames) each.src = 'data:text/html,' + Math.random() + 'd'.repeat(500_000); }, 0);`,
  'frames of blobs': `const frames = Array.from({ length: 50 }, frame); const blob = URL.createObjectURL(new Blob(['<p>blob'], { type: 'text/html' })); setInterval(() => { for (const each of frames) each.src = blob + '#' + Math.random(); }, 0);`,
  'frames of a server': `const frames = Array.from({ length: 50 }, frame); setInterval(() => { for (const each of frames) each.src = '/small?' + Math.random(); }, 0);`,
  'frames of another site': `const frames = Array.from({ length: 20 }, frame); setInterval(() => { for (const each of frames) each.src = other + '/small?' + Math.random(); }, 0);`,
  'frames that replace themselves': `const frames = Array.from({ length: 50 }, frame); setInterval(() => { for (const each of frames) each.contentWindow.location.replace('about:blank?' + Math.random()); }, 0);`,
  'frames of javascript': `const frames = Array.from({ length: 50 }, frame); setInterval(() => { for (const each of frames) each.src = 'javascript:"' + Math.random() + '"'; }, 0);`,
  'frames that wait for a server': `const frames = Array.from({ length: 50 }, frame); setInterval(() => { for (const each of frames) each.src = '/silent?' + Math.random(); }, 0);`,
  'fragments of frames': `const frames = Array.from({ length: 50 }, frame); setInterval(() => { for (const each of frames) each.contentWindow.location.hash = Math.random(); }, 0);`,
  'history of frames': `const frames = Array.from({ length: 50 }, frame); setInterval(() => { for (const each of frames) each.contentWindow.history.pushState(null, '', '#' + Math.random()); }, 0);`,
  'names of frames': `const frames = Array.from({ length: 50 }, frame); setInterval(() => { for (const each of frames) each.name = 'n' + Math.random(); }, 0);`,
  'frames that come and go': `setInterval(() => { for (let i = 0; i < 20; i++) frame(); while (document.querySelectorAll('iframe').length > 50) document.querySelector('iframe').remove(); }, 1);`,
  'frames of another site that come and go': `setInterval(() => { const each = frame(); each.src = other + '/small?' + Math.random(); if (document.querySelectorAll('iframe').length > 20) document.querySelector('iframe').remove(); }, 1);`,
  'nested frames': `const nest = () => { let inner = document.body; for (let i = 0; i < 30; i++) { const each = inner.appendChild(inner.ownerDocument.createElement('iframe')); inner = each.contentDocument.body; } }; setInterval(() => { nest(); while (document.body.querySelectorAll('iframe').length > 5) document.querySelector('iframe').remove(); }, 0);`,
  'thousands of frames': `const timer = setInterval(() => { for (let i = 0; i < 50; i++) frame(); if (document.querySelectorAll('iframe').length > 3000) clearInterval(timer); }, 1);`,
  'documents written in frames': `const frames = Array.from({ length: 50 }, frame); setInterval(() => { for (const each of frames) { each.contentDocument.open(); each.contentDocument.write('<title>' + Math.random()); each.contentDocument.close(); } }, 0);`,

  // Workers and messages.
  workers: `const code = URL.createObjectURL(new Blob(['for (;;);'])); for (let i = 0; i < 300; i++) new Worker(code);`,
  'workers that come and go': `const code = URL.createObjectURL(new Blob(['1'])); every(() => { new Worker(code).terminate(); }, 20);`,
  'shared workers': `every(() => { new SharedWorker('data:text/javascript,' + Math.random()); }, 5);`,
  'service workers': `every(() => { navigator.serviceWorker.register('/worker?' + Math.random(), { scope: '/scope' + Math.random() }).catch(() => {}); }, 5);`,
  'messages to itself': `every(() => postMessage('x'.repeat(10_000)), 50);`,
  'messages to a frame of another site': `const far = frame(); far.src = other + '/small'; every(() => far.contentWindow.postMessage('x'.repeat(100_000), '*'), 20);`,
  'broadcast channel': `const [one, two] = [new BroadcastChannel('c'), new BroadcastChannel('c')]; every(() => one.postMessage('x'.repeat(100_000)), 10);`,
  'broadcast channels': `globalThis.kept = []; every(() => kept.push(new BroadcastChannel('c' + Math.random())), 20);`,
  'message channels': `globalThis.kept = []; every(() => { const channel = new MessageChannel(); kept.push(channel); channel.port1.postMessage('x'.repeat(10_000)); }, 20);`,
  locks: `every(() => { navigator.locks.request('l' + Math.random(), () => new Promise(() => {})); }, 50);`,

  // Stored data.
  blobs: `globalThis.kept = []; every(() => kept.push(URL.createObjectURL(new Blob(['x'.repeat(1_000_000), Math.random()]))), 5);`,
  'blobs of one buffer': `const buffer = new Uint8Array(20_000_000); every(() => URL.createObjectURL(new Blob([buffer])), 5);`,
  'small blobs': `globalThis.kept = []; every(() => kept.push(URL.createObjectURL(new Blob(['x' + Math.random()]))), 100);`,
  localStorage: `every(() => { localStorage['k' + Math.floor(Math.random() * 4)] = Math.random() + 'x'.repeat(1_000_000); }, 5);`,
  sessionStorage: `every(() => { sessionStorage['k' + Math.floor(Math.random() * 4)] = Math.random() + 'x'.repeat(1_000_000); }, 5);`,
  'many keys': `let key = 0; every(() => { localStorage[key++ % 50_000] = Math.random(); sessionStorage[key % 50_000] = Math.random(); }, 300);`,
  IndexedDB: `indexedDB.open('d' + Math.random()).onupgradeneeded = ({ target }) => { const store = target.result.createObjectStore('s', { autoIncrement: true });
    target.transaction.oncomplete = () => every(() => target.result.transaction('s', 'readwrite').objectStore('s').put('x'.repeat(1_000_000) + Math.random()), 5); };`,
  'IndexedDB databases': `every(() => { indexedDB.open('d' + Math.random()); }, 20);`,
  cache: `caches.open('c').then((cache) => every(() => { cache.put('/cached?' + Math.random(), new Response('x'.repeat(1_000_000))).catch(() => {}); }, 5));`,
  cookies: `every(() => { document.cookie = 'c' + Math.floor(Math.random() * 300) + '=' + Math.random() + 'x'.repeat(3000); }, 50);`,
  'file system': `navigator.storage.getDirectory().then((folder) => every(() => { folder.getFileHandle('f' + Math.random(), { create: true }).catch(() => {}); }, 20));`,

  // The network.
  fetches: `every(() => { fetch('/small?' + Math.random()).catch(() => {}); }, 50);`,
  'ten thousand fetches': `for (let i = 0; i < 10_000; i++) fetch('/silent?' + i).catch(() => {});`,
  'fetches of data': `every(() => { fetch('data:,' + Math.random() + 'x'.repeat(100_000)).catch(() => {}); }, 20);`,
  'fetches with bodies': `const body = 'x'.repeat(2_000_000); every(() => { fetch('/silent?' + Math.random(), { method: 'POST', body }).catch(() => {}); }, 5);`,
  beacons: `every(() => navigator.sendBeacon('/small?' + Math.random(), 'x'.repeat(60_000)), 50);`,
  images: `every(() => { new Image().src = '/icon?' + Math.random(); }, 50);`,
  'images that fail': `every(() => { new Image().src = 'http://127.0.0.1:9/' + Math.random(); }, 50);`,
  WebSockets: `every(() => { try { new WebSocket(location.origin.replace('http', 'ws') + '/silent?' + Math.random()); } catch {} }, 50);`,
  'event sources': `every(() => { new EventSource('/silent?' + Math.random()); }, 50);`,
  WebRTC: `globalThis.kept = []; every(() => { try { const peer = new RTCPeerConnection(); kept.push(peer); peer.createDataChannel('c'); peer.createOffer().then((offer) => peer.setLocalDescription(offer)).catch(() => {}); } catch {} }, 1);`,
  preconnects: `every(() => { document.head.append(Object.assign(document.createElement('link'), { rel: 'preconnect', href: 'http://127.0.0.1:' + (10_000 + Math.floor(Math.random() * 50_000)) })); }, 50);`,

  // Questions to the user, windows, and programs.
  downloads: `every(() => { Object.assign(document.createElement('a'), { href: '/file?' + Math.random(), download: 'file' }).click(); }, 20);`,
  'downloads of data': `every(() => { Object.assign(document.createElement('a'), { href: 'data:text/plain,' + 'x'.repeat(100_000), download: 'file' }).click(); }, 20);`,
  'downloads of blobs': `const blob = URL.createObjectURL(new Blob(['x'])); every(() => { Object.assign(document.createElement('a'), { href: blob, download: 'file' }).click(); }, 20);`,
  'pop-ups': `every(() => { open('/small?' + Math.random()); }, 20);`,
  'long pop-ups': `every(() => { open('/small?' + Math.random() + 'x'.repeat(500_000)); }, 5);`,
  'clicks with Ctrl': `const link = document.body.appendChild(Object.assign(document.createElement('a'), { href: '/small' })); every(() => link.dispatchEvent(new MouseEvent('click', { ctrlKey: true })), 20);`,
  'forms into new tabs': `const form = document.body.appendChild(Object.assign(document.createElement('form'), { method: 'post', action: '/small', target: '_blank' }));
    form.append(Object.assign(document.createElement('input'), { name: 'v', value: 'x'.repeat(100_000) })); every(() => form.submit(), 20);`,
  notifications: `every(() => { try { new Notification('n' + Math.random()); } catch {} }, 20);`,
  permissions: `every(() => { Notification.requestPermission(); navigator.permissions.query({ name: 'geolocation' }); navigator.geolocation.getCurrentPosition(() => {}, () => {}); }, 20);`,
  media: `every(() => { navigator.mediaDevices.getUserMedia({ audio: true, video: true }).catch(() => {}); navigator.mediaDevices.enumerateDevices(); }, 20);`,
  clipboard: `every(() => { navigator.clipboard.writeText('x'.repeat(100_000)).catch(() => {}); document.execCommand('copy'); }, 20);`,
  vibrate: `every(() => navigator.vibrate(Math.random() * 100), 50);`,
  'full screen': `every(() => { document.documentElement.requestFullscreen().catch(() => {}); document.body.requestPointerLock()?.catch?.(() => {}); }, 20);`,
  pickers: `const fields = ['color', 'date', 'time', 'file'].map((type) => document.body.appendChild(Object.assign(document.createElement('input'), { type })));
    const list = document.body.appendChild(document.createElement('select')); list.innerHTML = '<option>one<option>two';
    every(() => { for (const field of [...fields, list]) { try { field.showPicker(); } catch {} field.click(); } }, 5);`,
  'file choosers': `const field = Object.assign(document.createElement('input'), { type: 'file' }); every(() => { field.click(); }, 20);`,
  'print and stop': `globalThis.print = undefined; every(() => { window.stop(); window.focus(); window.blur(); }, 50);`,
  'moves of the window': `every(() => { moveTo(Math.random() * 100, 0); resizeTo(500 + Math.random() * 100, 500); }, 50);`,
  'media sessions': `every(() => { navigator.mediaSession.metadata = new MediaMetadata({ title: 't' + Math.random(), artwork: [{ src: '/icon?' + Math.random() }] }); }, 50);`,
  sounds: `globalThis.kept = []; every(() => { try { const sound = new AudioContext(); kept.push(sound); sound.createOscillator().connect(sound.destination); } catch {} }, 1);`,
  'wake locks': `every(() => { navigator.wakeLock?.request('screen').catch(() => {}); }, 50);`,
  'find and select': `every(() => { window.find('a' + Math.random()); document.execCommand('selectAll'); }, 20);`,
  speech: `every(() => { speechSynthesis.speak(new SpeechSynthesisUtterance('x'.repeat(1000))); speechSynthesis.cancel(); }, 20);`,
  'gamepads and sensors': `every(() => { navigator.getGamepads(); navigator.getBattery?.(); navigator.storage.estimate(); navigator.storage.persist(); }, 50);`,
  'beforeunload listeners': `const stay = (event) => event.preventDefault(); every(() => { addEventListener('beforeunload', stay); removeEventListener('beforeunload', stay); }, 300);`,
  'WebGL contexts': `globalThis.kept = []; every(() => { const context = document.createElement('canvas').getContext('webgl'); if (context) kept.push(context); }, 1);`,
};

/** Returns the script of a flood, to run in a page. */
export const floodScript = (flood: string, other: string) => `(() => {
  const other = ${JSON.stringify(other)};
  const every = (run, times) => setInterval(() => { for (let i = 0; i < times; i++) run(); }, 1);
  const frame = () => document.body.appendChild(document.createElement('iframe'));
  ${flood}
})(); 0`;
