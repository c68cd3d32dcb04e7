import { Agent, get } from 'node:http';

/** What a client got: `200`, `503`, an error code, or `timeout` if no answer came. */
export interface Answer {
  readonly got: string;
  readonly body: string;
}

/** Longest wait of a client, unless the learner slows the run. Much longer than any answer takes. */
const patienceMs = 20_000;

/** Makes a GET request over the loopback. Never rejects. */
export function askWith(agent: Agent, port: number, path: string, unhurried: boolean): Promise<Answer> {
  return new Promise((resolve) => {
    const timeout = unhurried ? {} : { timeout: patienceMs };
    const request = get({ agent, host: '127.0.0.1', port, path, ...timeout }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      response.once('end', () => resolve({ got: String(response.statusCode), body }));
      response.once('error', (error: { code?: string }) => resolve({ got: error.code ?? 'error', body }));
    });
    request.once('timeout', () => {
      resolve({ got: 'timeout', body: '' });
      request.destroy();
    });
    request.once('error', (error: { code?: string }) => resolve({ got: error.code ?? 'error', body: '' }));
  });
}

export const newAgent = () => new Agent({ keepAlive: true, maxSockets: 64 });
