export type { Actor, Program } from './actor.ts';
export {
  type Lesson,
  type LessonLimits,
  lesson,
  limitsAt,
  type ParameterDeclaration,
  type ParameterDeclarations,
  type ParametersOf,
  parametersOf,
  runsOn,
  type Words,
  withLowerLimits,
} from './lesson.ts';
export { type LessonRequest, lessonRequest } from './lesson-request.ts';
export { type ListingLine, listing } from './listing.ts';
export type { ActorEnd, Cast, Director, LessonCode, Stage, StageTab } from './stage.ts';
