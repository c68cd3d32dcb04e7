import { app, ipcMain, protocol } from 'electron';
import * as v from 'valibot';
import { agentPage, settle } from './agents.ts';
import { runBench } from './bench-scenario.ts';
import { reply, request } from './bench-scripts.ts';
import { runFaults } from './fault-scenario.ts';
import { runLeaks } from './leak-scenario.ts';
import type { Outcome } from './process.ts';
import { runSuite } from './suite-scenario.ts';

type Scenario = (say: (line: object) => void, argument: string) => Promise<void>;

const scenarios: Record<string, Scenario> = { bench: runBench, faults: runFaults, leaks: runLeaks, suite: runSuite };

/** Writes one line to standard output. */
const say = (line: object) => void process.stdout.write(`${JSON.stringify(line)}\n`);

ipcMain.on('outcome', (_event, outcome: Outcome) => settle(outcome));
ipcMain.handle('echo', (_event, { tab }: { tab: number }) => ({ ok: true, tab }));
/** A handler as it should be: checks the sender, the arguments and the answer. */
ipcMain.handle('checked-echo', ({ senderFrame }, value: unknown) => {
  if (!senderFrame || senderFrame.parent) throw new Error('not a page');
  const { tab } = v.parse(request, value);
  return v.parse(reply, { ok: true, tab });
});
// Pages need this switch to collect garbage.
app.commandLine.appendSwitch('js-flags', '--expose-gc');
app.on('window-all-closed', () => undefined);
process.on('uncaughtException', (error) => say({ uncaught: error.stack }));
process.on('unhandledRejection', (error) => say({ unhandled: String(error) }));
protocol.registerSchemesAsPrivileged([{ scheme: agentPage.scheme, privileges: { standard: true, secure: true } }]);
void app.whenReady().then(async () => {
  protocol.handle(agentPage.scheme, () => new Response('<!doctype html><title>agent</title>', agentPage));
  const [scenario = '', argument = ''] = process.argv
    .slice(process.defaultApp ? 2 : 1)
    .filter((argument) => !argument.startsWith('--'));
  try {
    await scenarios[scenario]?.(say, argument);
    say({ done: scenario });
  } catch (error) {
    say({ failed: error instanceof Error ? error.stack : String(error) });
  }
  app.exit();
});
