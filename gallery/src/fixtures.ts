import { type Picture, parts, shellFixtures } from './shell/fixtures.ts';
import { uiFixtures } from './ui/fixtures.ts';

export interface Fixture {
  readonly name: string;
  /** Document of the gallery that shows it. */
  readonly document: 'shell' | 'ui';
  /** Selector of the element that its picture shows. */
  readonly part: string;
  /** Looks in which there is a picture of it. */
  readonly pictures: readonly Picture[];
}

/** Everything that the gallery shows, in order. */
export const fixtures: readonly Fixture[] = [
  ...uiFixtures.map((name): Fixture => ({ name, document: 'ui', part: '.fixture', pictures: ['en-light', 'ko-dark'] })),
  ...Object.entries(shellFixtures).map(
    ([name, { part, also = [] }]): Fixture => ({
      name,
      document: 'shell',
      part: parts[part],
      pictures: also ? ['en-light', ...also] : [],
    }),
  ),
];

export interface Look {
  readonly theme: 'light' | 'dark';
  readonly language: 'en' | 'ko';
}

/** Returns the address of a fixture, relative to the gallery. */
export const addressOf = ({ name, document }: Fixture, { theme, language }: Look): string =>
  `${document}.html?${new URLSearchParams({ theme, language })}#${name}`;
