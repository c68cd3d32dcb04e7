import * as v from 'valibot';
import type { Program } from '../../../lab/index.ts';
import { meeting } from './address.ts';
import { behind, Calls } from './calls.ts';
import type { connection } from './lesson.ts';

export const program: Program<typeof connection> = async (actor) => {
  const { acceptMs } = actor.parameters;
  const { address, pidFile } = v.parse(meeting, await actor.told('meeting'));
  const calls = new Calls(actor);
  const host = await calls.getHostId();
  calls.announce(pidFile, calls.getOwnProcessId());
  const listening = calls.listen(address);
  actor.tell('listening', listening.address);
  let read = 0;
  // ---
  await actor.step('busy');
  await actor.call('work()', () => actor.sleep(acceptMs), 'work');
  await actor.step('accept');
  const acceptUs = actor.nowUs();
  const fd = await calls.acceptConnection(listening.fd);
  const accepted = behind(fd);
  for (;;) {
    await actor.step('read');
    const message = await calls.readMessage(fd);
    if (message === null) break; // the client has closed
    read += 1;
    await actor.step('write');
    await calls.writeMessage(fd, `reply to ${message}`);
  }
  await actor.step('close');
  calls.closeConnection(fd);
  // ---
  const isClosed = behind(fd) !== accepted;
  calls.closeConnection(listening.fd);
  return { host, acceptUs, read, isClosed };
};
