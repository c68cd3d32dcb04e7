export type { Actor, Program } from './actor.ts';
export {
  type Lesson,
  type LessonLimits,
  lesson,
  type ParameterDeclaration,
  type ParameterDeclarations,
  type ParametersOf,
  parametersOf,
  type Words,
} from './lesson.ts';
export { type LessonRequest, lessonRequest } from './lesson-request.ts';
export { type ListingLine, listing } from './listing.ts';
export type { ActorEnd, Cast, Director, LessonCode, Stage, StageTab } from './stage.ts';
