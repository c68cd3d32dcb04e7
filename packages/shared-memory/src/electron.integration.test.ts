import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildElectronApp, electronExecutable } from './testing/electron-app.ts';

/** Tests between Electron's browser process and utility processes. `npm test` sets the path of Electron. */
const electron = electronExecutable();
const results = new Map<string, unknown>();

describe.runIf(electron)('in Electron', () => {
  beforeAll(async () => {
    const entry = (name: string): string => fileURLToPath(new URL(`./testing/electron/${name}.ts`, import.meta.url));
    const app = await buildElectronApp({ browser: entry('browser'), plugin: entry('plugin') });
    const child = spawn(electron!, [app.folder], { stdio: ['ignore', 'pipe', 'pipe'] });
    let [output, errors] = ['', ''];
    child.stdout.on('data', (text: Buffer) => {
      output += text.toString();
    });
    child.stderr.on('data', (text: Buffer) => {
      errors += text.toString();
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    await app.remove();
    for (const line of output.split('\n').filter((text) => text.startsWith('{'))) {
      const { check, result } = JSON.parse(line) as { check: string; result: unknown };
      results.set(check, result);
    }
    expect(code, errors).toBe(0);
  }, 120_000);

  afterAll(() => {
    for (const check of Object.keys(expected)) results.delete(check);
    expect([...results]).toEqual([]); // every check that ran is in `expected`
  });

  const attack = { shrink: 'EPERM', grow: 'EPERM' };
  const expected: Record<string, unknown> = {
    'the plugin reads in place the frames that the browser writes': { sequence: 1, tear: 'none' },
    'the browser reads in place the frames of plugins that are killed': { torn: 0, taken: 80, generation: 5 },
    'a plugin cannot shrink a segment or write to read-only memory': {
      refusals: [
        { access: 'read-write', ...attack, write: {} },
        { access: 'read-only', ...attack, write: 'EPERM' },
      ],
      killedBySignal: 11,
    },
    'noise in every word of the control block damages only that buffer': {
      states: ['corrupt', 'corrupt'],
      torn: 0,
    },
    'a buffer can be made for a plugin that can no longer attach': { sequence: 1, tear: 'none' },
    'a doorbell wakes the browser, a futex the plugin': { rounds: 20, answer: 'echoed' },
    'records pass through a ring': { records: 500, severalLengths: true },
    'an image can be made of a frame in place': [1, 2, 3, 255, 4, 5, 6, 255],
    'five hundred segments exist at once': 500,
    'nothing is left': { names: [], descriptors: [] },
  };

  it.each(Object.entries(expected))('%s', (check, result) => {
    expect(results.get(check)).toEqual(result);
  });
});
