import { type ServerScriptName, serverScripts } from '../../src/testing/transport/server-scripts.ts';
import { transportTests } from '../../src/testing/transport/suite.ts';
import { parentPortEndpoint } from '../../src/utility.ts';
import type { Script } from './process.ts';

export const suiteScripts: Readonly<Record<string, Script>> = {
  'suite-serve': (process, [port], script) => serverScripts[script as ServerScriptName](process.endpoint(port)),
  'suite-serve-parent': (_process, _ports, script) => serverScripts[script as ServerScriptName](parentPortEndpoint()),
  'suite-test': async (process, _ports, argument) => {
    const { leg, index } = argument as { leg: string; index: number };
    const open = (script: string) => process.open(leg, script);
    const transport = { open, closes: true, carriesPorts: true, ...(process.channel && { channel: process.channel }) };
    await transportTests[index]?.run(transport);
  },
};
