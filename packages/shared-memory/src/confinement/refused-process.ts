// refused-calls.integration.test.ts runs this in its own process. It locks itself down while its parent listens, then
// makes the calls that the parent asks for, and reports the result of each.
import { createInterface } from 'node:readline';
import { lockDown } from './confine.ts';
import { systemCall } from './system-call.ts';

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const told = async () => String((await lines.next()).value);
const say = (what: unknown) => process.stdout.write(`${JSON.stringify(what)}\n`);

// The first output makes libuv check the kind of its descriptor, a call that is refused later.
say('here');
await told();
const { listener, prove } = lockDown([], true);
say({ listener });
await told();
say(await prove());
for (;;) {
  const line = await told();
  if (line === 'end') break;
  const { number, times } = JSON.parse(line);
  let answer = 0;
  for (let count = 0; count < times; count++) answer = systemCall(number, -1, 0, 0);
  say({ answer });
}
process.exit(0);
