/** A connection to the V8 inspector of one process. It evaluates expressions there, and attaches to nothing else. */
export class Inspector {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #lastId = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => {
      const message = JSON.parse(String(data)) as Answer;
      this.#settle(message.id, message);
    });
    socket.addEventListener('close', () => {
      for (const id of this.#waiting.keys()) this.#settle(id, { id, error: { message: 'the inspector has closed' } });
    });
  }

  /** `address`: as the process prints it, `ws://127.0.0.1:…`. */
  static async connect(address: string): Promise<Inspector> {
    const socket = new WebSocket(address);
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener('open', () => resolve(), { once: true });
      socket.addEventListener('error', () => reject(new Error(`no inspector at ${address}`)), { once: true });
    });
    return new Inspector(socket);
  }

  /**
   * Evaluates an expression, awaits it, and returns its value as JSON. Rejects with the error that the expression
   * throws.
   */
  async evaluate(expression: string): Promise<unknown> {
    // V8 holds an awaited promise weakly and sometimes loses it. A global variable keeps it alive.
    const held = `globalThis.__held_${this.#lastId + 1}`;
    const { error, result } = await this.#send('Runtime.evaluate', {
      expression: `(${held} = (async () => (${expression}))()).finally(() => delete ${held})`,
      awaitPromise: true,
      returnByValue: true,
    });
    if (error) throw new Error(error.message);
    const thrown = result?.exceptionDetails;
    if (thrown) throw new Error(thrown.exception?.description ?? thrown.text);
    return result?.result.value;
  }

  close(): void {
    this.#socket.close();
  }

  #send(method: string, params: object): Promise<Answer> {
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      if (this.#socket.readyState !== WebSocket.OPEN) {
        resolve({ id, error: { message: 'the inspector has closed' } });
        return;
      }
      this.#waiting.set(id, resolve);
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }

  #settle(id: number, answer: Answer): void {
    this.#waiting.get(id)?.(answer);
    this.#waiting.delete(id);
  }
}

interface Answer {
  id: number;
  error?: { message: string };
  result?: {
    result: { value?: unknown };
    exceptionDetails?: { text: string; exception?: { description?: string } };
  };
}
