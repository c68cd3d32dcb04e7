/** One document that DevTools can be attached to. */
export interface Target {
  readonly url: string;
  readonly webSocketDebuggerUrl: string;
}

/** Longest wait for an answer, ms: a page may hang. */
const patienceMs = 10_000;

/** Every document of a browser that runs with `--remote-debugging-port`. */
export async function targetsAt(port: number): Promise<Target[]> {
  const response = await fetch(`http://127.0.0.1:${port}/json/list`, { signal: AbortSignal.timeout(patienceMs) });
  return (await response.json()) as Target[];
}

/**
 * Sends one command of the DevTools protocol.
 * @returns its result; rejects when the document goes, or does not answer in time
 */
export function ask<Answer>(
  { url, webSocketDebuggerUrl }: Target,
  method: string,
  params: object = {},
): Promise<Answer> {
  const socket = new WebSocket(webSocketDebuggerUrl);
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const fail = () => reject(new Error(`${url} does not answer ${method}`));
  for (const end of ['error', 'close']) socket.addEventListener(end, fail);
  socket.addEventListener('message', ({ data }) => resolve((JSON.parse(String(data)) as { result: Answer }).result));
  socket.addEventListener('open', () => socket.send(JSON.stringify({ id: 1, method, params })));
  const timer = setTimeout(fail, patienceMs);
  return promise.finally(() => {
    clearTimeout(timer);
    socket.close();
  });
}

/** Loads the shell and every open internal page again. One that hangs stays as it is. */
export async function reloadOwnPages(port: number): Promise<void> {
  const own = (await targetsAt(port)).filter(({ url }) => url.startsWith('bulkhead://'));
  await Promise.allSettled(own.map((target) => ask(target, 'Page.reload', { ignoreCache: true })));
}

/** The port in the line that Chromium prints once its DevTools listen. */
export function devToolsPort(line: string): number | undefined {
  const port = /^DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)\//.exec(line)?.[1];
  return port === undefined ? undefined : Number(port);
}
