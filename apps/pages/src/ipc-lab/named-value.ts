import type { Lesson } from '@bulkhead/ipc-models/lab';

type Say = (key: string) => string;

/** A process is named by its role, and a number where several play it. */
export const roleOf = (name: string): string => name.replace(/ \d+$/, '');

/** A process as its lesson calls its role; undefined where it has no word for that. */
export function actorTitle({ words }: Pick<Lesson, 'words'>, name: string, say: Say): string | undefined {
  const role = roleOf(name);
  return Object.hasOwn(words.en, `role.${role}`) ? `${say(`role.${role}`)}${name.slice(role.length)}` : undefined;
}

/** A text that fills a place of a lesson's words: what was chosen, or processes, as its words call them; else itself. */
export function namedValue(
  lesson: Pick<Lesson, 'words' | 'parameters'>,
  place: string,
  text: string,
  say: Say,
): string {
  const choice = `choice.${place}.${text}`;
  if (lesson.parameters[place]?.kind === 'choice' && Object.hasOwn(lesson.words.en, choice)) return say(choice);
  const titles = text.split(', ').map((each) => actorTitle(lesson, each, say));
  return titles.every((title) => title !== undefined) ? titles.join(', ') : text;
}
