import type { Lesson } from '@bulkhead/ipc-models/lab';

type Say = (key: string) => string;

/** Returns the role in a process's name, which is the role, with a number if several play it. */
export const roleOf = (name: string): string => name.replace(/ \d+$/, '');

/** Returns the lesson's title for a process; undefined if the lesson has none for its role. */
export function actorTitle({ words }: Pick<Lesson, 'words'>, name: string, say: Say): string | undefined {
  const role = roleOf(name);
  return Object.hasOwn(words.en, `role.${role}`) ? `${say(`role.${role}`)}${name.slice(role.length)}` : undefined;
}

/**
 * Translates a value that fills a placeholder: a choice or process names by the lesson's words; else returns it as it
 * is.
 */
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
