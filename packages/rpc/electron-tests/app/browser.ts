import { app, ipcMain } from 'electron';
import { settle } from './agents.ts';
import { runBench } from './bench-scenario.ts';
import { runFaults } from './fault-scenario.ts';
import type { Outcome } from './process.ts';
import { runSuite } from './suite-scenario.ts';

type Scenario = (say: (line: object) => void, argument: string) => Promise<void>;

const scenarios: Record<string, Scenario> = { bench: runBench, faults: runFaults, suite: runSuite };

/** One line of standard output. */
const say = (line: object) => void process.stdout.write(`${JSON.stringify(line)}\n`);

ipcMain.on('outcome', (_event, outcome: Outcome) => settle(outcome));
ipcMain.handle('echo', (_event, value: unknown) => value);
app.on('window-all-closed', () => undefined);
process.on('uncaughtException', (error) => say({ uncaught: error.stack }));
process.on('unhandledRejection', (error) => say({ unhandled: String(error) }));
void app.whenReady().then(async () => {
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
