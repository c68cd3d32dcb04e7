import { ipcMain, MessageChannelMain, type MessagePortMain } from 'electron';
import type { TransferablePort } from '../../src/contract.ts';
import { utilityProcessEndpoint } from '../../src/electron-main.ts';
import type { Endpoint } from '../../src/endpoint.ts';
import { type ServerScriptName, serverScripts } from '../../src/testing/transport/server-scripts.ts';
import { transportTests } from '../../src/testing/transport/suite.ts';
import { applies } from '../../src/testing/transport/transport.ts';
import { type Agent, makeBrowserAgent, startRenderer, startUtility, type UtilityAgent } from './agents.ts';
import { legs } from './legs.ts';
import { mainPorts } from './main-ports.ts';
import type { OpenRequest, Process } from './process.ts';

/** Runs the transport suite on every leg, and reports each test. */
export async function runSuite(say: (line: object) => void): Promise<void> {
  const servers = new Map<string, Agent>();
  const children: UtilityAgent[] = [];

  /** Opens a channel whose other end runs a script in a leg's server. Returns this side's end. */
  const mint = async ({ leg, script }: Pick<OpenRequest, 'leg' | 'script'>): Promise<MessagePortMain> => {
    const { port1, port2 } = new MessageChannelMain();
    await servers.get(leg)?.run('suite-serve', script, [port1]);
    return port2;
  };

  const browser: Process = {
    kind: 'browser',
    ...mainPorts,
    die: () => process.exit(1),
    open: async (leg, script) => {
      if (leg !== 'browser calls utility, parentPort') return mainPorts.endpoint(await mint({ leg, script }));
      const agent = await startUtility();
      children.push(agent);
      await agent.run('suite-serve-parent', script);
      return utilityProcessEndpoint(agent.child);
    },
    channel: () => {
      const { port1, port2 } = new MessageChannelMain();
      return { kept: mainPorts.endpoint(port1), sent: port2 as TransferablePort };
    },
  };
  const browserAgent = makeBrowserAgent(browser);
  const rendererAgent = await startRenderer();
  const answer = async (agent: UtilityAgent | undefined, request: OpenRequest) => {
    agent?.child.postMessage({ opened: request.open }, [await mint(request)]);
  };
  let utilityAgent: UtilityAgent | undefined;
  utilityAgent = await startUtility((request) => void answer(utilityAgent, request as OpenRequest));
  ipcMain.on('open', async ({ sender }, request: OpenRequest) => {
    sender.postMessage('opened', request.open, [await mint(request)]);
  });
  const agents = { browser: browserAgent, renderer: rendererAgent, utility: utilityAgent };

  /** Starts a utility process for one test. It calls over its `parentPort`. */
  const startParentCaller = async (): Promise<UtilityAgent> => {
    let agent: UtilityAgent | undefined;
    agent = await startUtility((message) => {
      if (typeof message !== 'object' || message === null || !('open' in message) || !agent) return;
      const { open, script } = message as OpenRequest;
      agent.child.postMessage({ opened: open });
      serverScripts[script as ServerScriptName](utilityProcessEndpoint(agent.child));
    });
    return agent;
  };

  for (const leg of legs) {
    servers.set(leg.name, agents[leg.server]);
    for (const [index, test] of transportTests.entries()) {
      if (!applies(test, leg)) continue;
      const ofItsOwn = leg.name === 'utility calls browser, parentPort';
      const caller = ofItsOwn ? await startParentCaller() : agents[leg.caller];
      const error = await caller.run('suite-test', { leg: leg.name, index }).catch((reason: Error) => reason.message);
      say({ leg: leg.name, test: test.name, error: error ?? null });
      if (ofItsOwn) await caller.end();
      for (const child of children.splice(0)) await child.end();
    }
  }
  await utilityAgent.end();
  await rendererAgent.end();
}

export type { Endpoint };
