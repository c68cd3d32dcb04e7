import * as v from 'valibot';
import type { Cast, Director, Stage } from '../../../lab/index.ts';
import { resultOf } from '../../parts.ts';
import { chooseAddress, hexadecimal } from '../same-address.ts';
import type { addressSpace } from './lesson.ts';

const memory = v.object({
  address: v.string(),
  bytes: v.array(v.number()),
  map: v.array(v.object({ range: v.string(), access: v.string(), object: v.string(), what: v.string() })),
});

export const direct: Director<typeof addressSpace> = async (stage) => {
  const { ownerValue, readerValue } = stage.parameters;
  const [owner, reader, stranger] = await Promise.all([
    stage.start('owner'),
    stage.start('reader'),
    stage.start('stranger'),
  ]);
  const [owning, reading] = [owner.run(), reader.run()];
  for (const each of [owning, reading]) each.catch(() => undefined); // awaited below
  const address = await chooseAddress([owner, reader]);
  reader.tell('owner', owner.pid);
  await owner.told('address of variable');
  reader.tell('pointer', address);
  const seen = v.parse(v.number(), await reader.told('seen'));
  await show(stage, [owner, reader]);

  stranger.mayEnd();
  void resultOf(stranger);
  stranger.tell('pointer', address);
  const { how } = await stranger.ended;

  // Systems differ in what they allow between processes of one user (Yama, containers), so this only reports it. A
  // process may always refuse.
  const before = v.parse(v.string(), await reader.told('reached'));
  stage.note(before.includes(String(ownerValue)) ? 'allowed' : 'forbidden', { before });
  owner.tell('refuse', true);
  await owner.told('refuses');
  reader.tell('refused', true);
  const after = String((await reading).after);
  owner.tell('end', true);
  const { value } = await owning;

  const facts = { address: hexadecimal(address), seen, ownerValue, readerValue, how, before, after };
  const answer = seen === readerValue ? 'own' : seen === ownerValue ? 'other' : 'nothing';
  const isRefused = after.split(' / ').every((each) => /^E[A-Z]+$/.test(each));
  const isApart = seen === readerValue && value === ownerValue && ownerValue !== readerValue;
  return { answer, held: isApart && how === 'killed (SIGSEGV)' && isRefused, facts };
};

async function show(stage: Stage, casts: readonly Cast[]): Promise<void> {
  const seen = await Promise.all(
    casts.map(async (cast) => {
      const { name, pid } = cast;
      return { name, pid, ...v.parse(memory, await cast.told('memory')) };
    }),
  );
  stage.figure('memory', {
    kind: 'memory',
    views: seen.map(({ name, address, bytes, map }) => ({
      actor: name,
      address,
      object: ownObject(map),
      access: 'read-write',
      bytes,
    })),
  });
  stage.figure('maps', {
    kind: 'table',
    columns: ['column.process', 'column.pid', 'column.range', 'column.access', 'column.what'],
    rows: seen.flatMap(({ name, pid, map }) =>
      map.map(({ range, access, what }) => [`role.${name}`, String(pid), range, access, what || 'map.anonymous']),
    ),
  });
}

/** Returns the object of the variable's page: the only line without a file or a name. */
function ownObject(map: v.InferOutput<typeof memory>['map']): string {
  const own = map.find(({ what }) => what === '');
  return own ? `${own.access} ${own.object}` : '';
}
