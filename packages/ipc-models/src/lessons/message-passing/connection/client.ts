import { peerCredentials } from '@bulkhead/shared-memory/system-calls';
import * as v from 'valibot';
import type { Program } from '../../../lab/index.ts';
import { meeting } from './address.ts';
import { behind, Calls } from './calls.ts';
import type { connection } from './lesson.ts';

export const program: Program<typeof connection> = async (actor) => {
  const { over, messages } = actor.parameters;
  const { address, pidFile } = v.parse(meeting, await actor.told('meeting'));
  const calls = new Calls(actor);
  let echoed = 0;
  // ---
  await actor.step('identify');
  const host = await calls.getHostId(over === 'tcp' ? 'localhost' : undefined);
  const server = calls.getProcessId(pidFile);
  await actor.step('open');
  const fd = await calls.openConnection(address);
  // ---
  const openedUs = actor.nowUs();
  const opened = behind(fd);
  actor.note('opened', { fd, socket: opened ?? '', server });
  const peer = over === 'unix' ? peerCredentials(fd).pid : server;
  // ---
  for (let number = 1; number <= messages; number++) {
    await actor.step('write');
    await calls.writeMessage(fd, `request ${number}`);
    await actor.step('read');
    const reply = await calls.readMessage(fd);
    if (reply === `reply to request ${number}`) echoed += 1;
  }
  await actor.step('close');
  calls.closeConnection(fd);
  // ---
  return {
    host,
    server,
    peer,
    openedUs,
    echoed,
    isClosed: opened?.startsWith('socket:') === true && behind(fd) !== opened,
  };
};
