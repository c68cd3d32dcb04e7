import { app, MessageChannelMain } from 'electron';
import { type Agent, browserAgent, startRenderer, startUtility } from './agents.ts';

/** One line of standard output. */
function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

const scenarios: Record<string, () => Promise<void>> = {
  bench: async () => {
    const renderer = await startRenderer();
    const utility = await startUtility();
    const rounds = 60;
    const pairs: [string, Agent, Agent][] = [
      ['tab-browser', renderer, browserAgent],
      ['browser-plugin', browserAgent, utility],
      ['tab-plugin', renderer, utility],
    ];
    for (const [pair, caller, server] of pairs) {
      const raw = new MessageChannelMain();
      const guarded = new MessageChannelMain();
      const serving = server.run('bench-serve', null, [raw.port1, guarded.port1]);
      const samples = await caller.run('bench-call', rounds, [raw.port2, guarded.port2]);
      await serving;
      say({ bench: pair, samples });
    }
    await utility.end();
    await renderer.end();
  },
};

app.on('window-all-closed', () => undefined);
void app.whenReady().then(async () => {
  const [scenario = ''] = process.argv.slice(process.defaultApp ? 2 : 1);
  try {
    await scenarios[scenario]?.();
  } catch (error) {
    say({ error: String(error) });
  }
  app.quit();
});
