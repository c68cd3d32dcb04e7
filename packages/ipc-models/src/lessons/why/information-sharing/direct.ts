import * as v from 'valibot';
import type { Director } from '../../../lab/index.ts';
import { link, processPart, resultOf } from '../../parts.ts';
import type { informationSharing } from './lesson.ts';

export const direct: Director<typeof informationSharing> = async (stage) => {
  const { keeper, pasters, kibibytes } = stage.parameters;
  const names = Array.from({ length: pasters }, (_, index) => `app ${index + 1}`);
  const [editor, clipboard, ...apps] = await Promise.all([
    stage.start('editor'),
    stage.start('clipboard'),
    ...names.map((name) => stage.start('app', name)),
  ]);
  stage.channel('clipboard', editor, clipboard);
  for (const app of apps) stage.channel(app.name, app, clipboard);
  const holder = (kept: boolean) => (kept ? `${kibibytes} KiB` : '');
  const draw = (editorLives: boolean) =>
    stage.figure('processes', {
      kind: 'parts',
      parts: [
        ...(editorLives ? [processPart(editor, holder(true))] : []),
        processPart(clipboard, holder(keeper === 'clipboard')),
        ...apps.map((app) => processPart(app)),
      ],
      links: [
        ...(editorLives ? [link(editor.name, clipboard.name)] : []),
        ...apps.map(({ name }) => link(clipboard.name, name)),
      ],
    });
  draw(true);
  for (const cast of [editor, clipboard, ...apps]) void resultOf(cast);

  const copied = v.parse(v.string(), await editor.told('copied'));
  await clipboard.told('ready');
  /** Resolves to the number of applications that get exactly the copied text. */
  const paste = async () => {
    const pasted = apps.map((app) => {
      app.tell('paste', true);
      return app.told('pasted');
    });
    return (await Promise.all(pasted)).filter((each) => each === copied).length;
  };
  const before = await paste();
  stage.note('kill', { pid: editor.pid });
  editor.kill();
  await editor.ended;
  draw(false);
  const after = await paste();

  const answer = after === pasters ? 'everyone' : 'nobody';
  const expectedAfter = keeper === 'clipboard' ? pasters : 0;
  return {
    answer,
    held: before === pasters && after === expectedAfter,
    facts: { pasters, before, after, copied, kibibytes },
  };
};
